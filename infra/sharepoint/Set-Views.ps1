#Requires -Version 7.4
#Requires -Modules PnP.PowerShell
<#
.SYNOPSIS
Gives the lists that Protocol Watch fills their views, their looks, and the few people who may open them.

.DESCRIPTION
Who runs it: an owner of the site. The script signs in as you, in the browser; the app itself never uses it and needs
no right for it. Run protocol-watch provision first: it makes the lists.

What it grants: nothing to the app. The lists Needs you and Promises show single groups, so they stop following the
site's permissions, and only the owners of the site, the app and the group in -Managers may open them.

Running it twice changes nothing. Add -WhatIf to see what it would do. Views that people made stay as they are.

How to undo it: the same command with -Remove. The views go, and the lists follow the site's permissions again.

.PARAMETER Site
The site's address, such as https://council.sharepoint.com/sites/send

.PARAMETER ClientId
The id of the app registration with which your administrators sign in to PnP PowerShell. Not that of Protocol Watch.

.PARAMETER Managers
The SharePoint group of the partnership manager and the two chairs. It is made if it is not there.

.EXAMPLE
./Set-Views.ps1 -Site https://council.sharepoint.com/sites/send -ClientId $pnp -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [uri] $Site,
    [Parameter(Mandatory)] [guid] $ClientId,
    [string] $Managers = 'Protocol Watch managers',
    [switch] $Remove
)

Set-StrictMode -Version 1.0
$ErrorActionPreference = 'Stop'

$wanted = Get-Content -Raw -Path (Join-Path $PSScriptRoot 'views.json') | ConvertFrom-Json

Connect-PnPOnline -Url "$Site" -Interactive -ClientId "$ClientId"

foreach ($list in $wanted.lists) {
    $there = Get-PnPList -Identity $list.name -Includes HasUniqueRoleAssignments -ErrorAction SilentlyContinue
    if ($null -eq $there) {
        Write-Warning "The list '$($list.name)' is not on the site: run protocol-watch provision, then this again."
        continue
    }

    $views = @(Get-PnPView -List $list.name)
    if ($Remove) {
        foreach ($view in $list.views) {
            if ($views.Title -contains $view.title) {
                if ($PSCmdlet.ShouldProcess($list.name, "Remove the view '$($view.title)'")) {
                    Remove-PnPView -List $list.name -Identity $view.title -Force
                }
            }
        }
        if ($list.manager_only -and $there.HasUniqueRoleAssignments) {
            if ($PSCmdlet.ShouldProcess($list.name, "Follow the site's permissions again")) {
                Set-PnPList -Identity $list.name -ResetRoleInheritance | Out-Null
            }
        }
        continue
    }

    foreach ($view in $list.views) {
        if ($views.Title -notcontains $view.title) {
            if ($PSCmdlet.ShouldProcess($list.name, "Add the view '$($view.title)'")) {
                Add-PnPView -List $list.name -Title $view.title -Fields $view.fields -Query $view.query -RowLimit 100 -Paged -SetAsDefault:$view.default | Out-Null
            }
        }
    }

    foreach ($format in $list.formats.PSObject.Properties) {
        $json = Get-Content -Raw -Path (Join-Path $PSScriptRoot "formats/$($format.Value)")
        $field = Get-PnPField -List $list.name -Identity $format.Name
        if ($field.CustomFormatter -ne $json) {
            if ($PSCmdlet.ShouldProcess($list.name, "Format the column '$($format.Name)'")) {
                Set-PnPField -List $list.name -Identity $format.Name -Values @{ CustomFormatter = $json } | Out-Null
            }
        }
    }

    # What the program writes can be read in the form, and only people's own columns can be filled in.
    foreach ($name in $list.hidden_in_form) {
        $field = Get-PnPField -List $list.name -Identity $name
        if ($field.SchemaXml -notmatch 'ShowInEditForm="FALSE"') {
            if ($PSCmdlet.ShouldProcess($list.name, "Take the column '$name' out of the form for changes")) {
                $field.SetShowInEditForm($false)
                $field.SetShowInNewForm($false)
                $field.Update()
                Invoke-PnPQuery
            }
        }
    }

    if ($list.manager_only -and -not $there.HasUniqueRoleAssignments) {
        if ($PSCmdlet.ShouldProcess($list.name, "Let only '$Managers' and the site's owners open it")) {
            if ($null -eq (Get-PnPGroup -Identity $Managers -ErrorAction SilentlyContinue)) {
                New-PnPGroup -Title $Managers | Out-Null
            }
            Set-PnPList -Identity $list.name -BreakRoleInheritance | Out-Null
            $owners = (Get-PnPGroup -AssociatedOwnerGroup).Title
            Set-PnPListPermission -Identity $list.name -Group $owners -AddRole 'Full Control'
            Set-PnPListPermission -Identity $list.name -Group $Managers -AddRole 'Contribute'
        }
    }
}
