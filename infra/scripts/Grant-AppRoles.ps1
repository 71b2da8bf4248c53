#Requires -Version 7.2
#Requires -Modules Microsoft.Graph.Authentication, Microsoft.Graph.Applications
<#
.SYNOPSIS
Gives Protocol Watch's identity the rights that only Entra can give, and tells if it has any it should not have.

.DESCRIPTION
Who runs it: a Privileged Role Administrator (or Global Administrator). You are asked to agree that this script may,
as you and for as long as it runs, use AppRoleAssignment.ReadWrite.All and Application.Read.All.

What it grants:
  Sites.Selected   by itself it opens no site; Grant-Site.ps1 then opens one
  Place.Read.All   the list of meeting rooms                        (only with -Rooms)

It gives no right to any mailbox. Those come from Exchange, for the mailboxes you name: Grant-Mailboxes.ps1.

Running it twice changes nothing. Add -WhatIf to see what it would do.

How to undo it: the same command with -Remove. A token that was given before may work for up to a day; to stop at
once, stop the app (docs/deploy.md).

.PARAMETER ObjectId
The object id of the app's identity: azd env get-value PROTOCOL_WATCH_IDENTITY_OBJECT_ID

.PARAMETER Rooms
Also let it read the list of rooms, to know which a wheelchair user can reach.

.EXAMPLE
./Grant-AppRoles.ps1 -ObjectId $object -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [guid] $ObjectId,
    [switch] $Rooms,
    [switch] $Remove
)

Set-StrictMode -Version 1.0 # a stricter one stops at empty answers, which are ordinary here
$ErrorActionPreference = 'Stop'

$GraphAppId = '00000003-0000-0000-c000-000000000000'
$Always = @('Sites.Selected')
$Optional = @('Place.Read.All')

Connect-MgGraph -Scopes 'AppRoleAssignment.ReadWrite.All', 'Application.Read.All' -NoWelcome

$graph = Get-MgServicePrincipal -Filter "appId eq '$GraphAppId'"
$has = @(Get-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $ObjectId -All | Where-Object { $_.ResourceId -eq $graph.Id })

function Get-Right([string] $Value) {
    $role = $graph.AppRoles | Where-Object { $_.Value -eq $Value -and $_.AllowedMemberTypes -contains 'Application' }
    if ($null -eq $role) {
        throw "Microsoft Graph knows no right '$Value': see whether its name has changed."
    }
    return $role
}

$ours = @($Always + $Optional | ForEach-Object { Get-Right $_ })

if ($Remove) {
    foreach ($assignment in $has | Where-Object { $ours.Id -contains $_.AppRoleId }) {
        $value = ($ours | Where-Object { $_.Id -eq $assignment.AppRoleId }).Value
        if ($PSCmdlet.ShouldProcess($ObjectId, "Take the right away: $value")) {
            Remove-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $ObjectId -AppRoleAssignmentId $assignment.Id
        }
    }
    return
}

$wanted = if ($Rooms) { $Always + $Optional } else { $Always }
foreach ($value in $wanted) {
    $role = Get-Right $value
    if ($has.AppRoleId -contains $role.Id) {
        continue
    }
    if ($PSCmdlet.ShouldProcess($ObjectId, "Give the right: $value")) {
        New-MgServicePrincipalAppRoleAssignment -ServicePrincipalId $ObjectId -PrincipalId $ObjectId -ResourceId $graph.Id -AppRoleId $role.Id | Out-Null
    }
}

foreach ($assignment in $has | Where-Object { $ours.Id -notcontains $_.AppRoleId }) {
    $value = ($graph.AppRoles | Where-Object { $_.Id -eq $assignment.AppRoleId }).Value
    Write-Warning "It also has the right '$value' in the whole tenant, which Protocol Watch does not ask for: take it away in the Entra admin centre."
}
