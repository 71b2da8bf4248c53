#Requires -Version 7.2
#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Sites
<#
.SYNOPSIS
Lets Protocol Watch into one SharePoint site, and into no other.

.DESCRIPTION
Who runs it: a SharePoint Administrator (or Global Administrator). You are asked to agree that this script may, as you
and for as long as it runs, use Sites.FullControl.All. The app never gets that right.

What it grants: a role in one site, to the app that already has Sites.Selected (Grant-AppRoles.ps1).
  write    to read and write the register's lists; this is what it keeps
  manage   also to make lists and columns; only while they are being made, then run the script again with write

Running it twice changes nothing. Add -WhatIf to see what it would do.

How to undo it: the same command with -Remove.

.PARAMETER Site
The site's address, such as https://council.sharepoint.com/sites/send

.PARAMETER AppId
The application (client) id of the app: azd env get-value PROTOCOL_WATCH_IDENTITY_CLIENT_ID
Not its object id: with that one SharePoint answers that all is well, and lets nobody in.

.PARAMETER Role
write, or manage for a while.

.EXAMPLE
./Grant-Site.ps1 -Site https://council.sharepoint.com/sites/send -AppId $client -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [uri] $Site,
    [Parameter(Mandatory)] [guid] $AppId,
    [ValidateSet('write', 'manage')] [string] $Role = 'write',
    [switch] $Remove
)

Set-StrictMode -Version 1.0 # a stricter one stops at empty answers, which are ordinary here
$ErrorActionPreference = 'Stop'

$Name = 'Protocol Watch'

Connect-MgGraph -Scopes 'Sites.FullControl.All' -NoWelcome

$siteId = (Get-MgSite -SiteId "$($Site.Host):$($Site.AbsolutePath.TrimEnd('/'))").Id

# The list does not say which roles are held: each entry is read by itself.
$granted = @(
    foreach ($entry in Get-MgSitePermission -SiteId $siteId -All) {
        $whole = Get-MgSitePermission -SiteId $siteId -PermissionId $entry.Id
        if ($whole.GrantedToIdentitiesV2.Application.Id -contains "$AppId") {
            $whole
        }
    }
)

if ($Remove) {
    foreach ($entry in $granted) {
        if ($PSCmdlet.ShouldProcess($Site, "Take the role away: $($entry.Roles -join ', ')")) {
            Remove-MgSitePermission -SiteId $siteId -PermissionId $entry.Id
        }
    }
    return
}

if ($granted.Count -eq 0) {
    $body = @{
        roles               = @($Role)
        grantedToIdentities = @(@{ application = @{ id = "$AppId"; displayName = $Name } })
    }
    if ($PSCmdlet.ShouldProcess($Site, "Give the role: $Role")) {
        New-MgSitePermission -SiteId $siteId -BodyParameter $body | Out-Null
    }
    return
}
foreach ($entry in $granted) {
    if (($entry.Roles -join ',') -ne $Role) {
        if ($PSCmdlet.ShouldProcess($Site, "Change the role from $($entry.Roles -join ', ') to $Role")) {
            Update-MgSitePermission -SiteId $siteId -PermissionId $entry.Id -BodyParameter @{ roles = @($Role) } | Out-Null
        }
    }
}
