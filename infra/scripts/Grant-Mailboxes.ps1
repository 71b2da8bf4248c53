#Requires -Version 7.2
#Requires -Modules ExchangeOnlineManagement
<#
.SYNOPSIS
Lets Protocol Watch into the mailboxes you name, in Exchange Online, and into no other.

.DESCRIPTION
Who runs it: an Exchange administrator with the role group Organization Management.

What it grants, by RBAC for Applications, each within a scope of its own:
  Application Calendars.Read  to read the calendars of the shared mailboxes
  Application Mail.Send       to send from one mailbox              (only with -SendFrom)
  Application Mail.Read       to see which papers were mailed       (only with -MailInCopy)

Never give these rights in Entra as well: rights add up, and there they would open every mailbox. Exchange may
take from 30 minutes to 2 hours until the app notices; the test at the end of this script does not wait for that.

Each scope is either a mail-enabled group (its direct members only; members of a group within it don't count), or
a custom attribute that mailboxes bear, written as CustomAttribute15=protocol-watch.

Running it twice changes nothing. If a scope has drifted, it is put right. Add -WhatIf to see what it would do.
If Exchange answers that the organisation must be prepared first, run Enable-OrganizationCustomization once.

How to undo it: the same command with -Remove. Then nothing is left in Exchange: no right, no scope, no entry.

.PARAMETER AppId
The application (client) id of the app: azd env get-value PROTOCOL_WATCH_IDENTITY_CLIENT_ID

.PARAMETER ObjectId
Its object id among the Enterprise applications: azd env get-value PROTOCOL_WATCH_IDENTITY_OBJECT_ID
The object id under App registrations is another one, and does not work.

.PARAMETER Calendars
The mailboxes whose calendars are read: a group's address, or an attribute.

.PARAMETER SendFrom
The one mailbox that mails are sent from: a group's address, or an attribute. Leave it out until mails are sent.

.PARAMETER MailInCopy
The mailbox that papers are copied to: a group's address, or an attribute. Leave it out if no group mails papers.

.PARAMETER Outside
A mailbox that the app must NOT open, such as your own. The script stops if Exchange would let it in.

.EXAMPLE
./Grant-Mailboxes.ps1 -AppId $client -ObjectId $object -Calendars send-calendars@council.example -Outside me@council.example -WhatIf
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory)] [guid] $AppId,
    [Parameter(Mandatory)] [guid] $ObjectId,
    [string] $Calendars = '',
    [string] $SendFrom = '',
    [string] $MailInCopy = '',
    [string] $Outside = '',
    [switch] $Remove
)

Set-StrictMode -Version 1.0 # a stricter one stops at empty answers, which are ordinary here
$ErrorActionPreference = 'Stop'

$Name = 'Protocol Watch'
$Wanted = @(
    @{ Role = 'Application Calendars.Read'; Scope = "$Name calendars"; Mailboxes = $Calendars }
    @{ Role = 'Application Mail.Send'; Scope = "$Name sender"; Mailboxes = $SendFrom }
    @{ Role = 'Application Mail.Read'; Scope = "$Name mail in copy"; Mailboxes = $MailInCopy }
)

function Get-MailboxFilter([string] $Mailboxes) {
    if ($Mailboxes -match '^(?<attribute>CustomAttribute([1-9]|1[0-5]))=(?<value>[^'']+)$') {
        return "$($Matches.attribute) -eq '$($Matches.value)'"
    }
    $group = Get-Group -Identity $Mailboxes -ErrorAction SilentlyContinue
    if ($null -eq $group) {
        throw "There is no group '$Mailboxes' in Exchange: make a mail-enabled security group with the mailboxes in it, and name that."
    }
    $quoted = $group.DistinguishedName -replace "'", "''"
    return "MemberOfGroup -eq '$quoted'"
}

function Set-Scope([string] $ScopeName, [string] $Filter) {
    $scope = Get-ManagementScope -Identity $ScopeName -ErrorAction SilentlyContinue
    if ($null -eq $scope) {
        if ($PSCmdlet.ShouldProcess($ScopeName, "Make the scope: $Filter")) {
            New-ManagementScope -Name $ScopeName -RecipientRestrictionFilter $Filter | Out-Null
        }
    }
    elseif ($scope.RecipientFilter -ne $Filter) {
        if ($PSCmdlet.ShouldProcess($ScopeName, "Put the scope right: $Filter")) {
            Set-ManagementScope -Identity $ScopeName -RecipientRestrictionFilter $Filter
        }
    }
}

function Add-Right([string] $Role, [string] $ScopeName) {
    $assignment = "$Name $Role"
    $existing = Get-ManagementRoleAssignment -Identity $assignment -ErrorAction SilentlyContinue
    if ($null -eq $existing) {
        if ($PSCmdlet.ShouldProcess($ScopeName, "Give the right: $Role")) {
            New-ManagementRoleAssignment -Name $assignment -App $ObjectId -Role $Role -CustomResourceScope $ScopeName | Out-Null
        }
    }
    elseif ($existing.CustomResourceScope -ne $ScopeName) {
        throw "The right '$assignment' has another scope ('$($existing.CustomResourceScope)'): run this script with -Remove first."
    }
}

function Test-Outside {
    $open = Test-ServicePrincipalAuthorization -Identity $ObjectId -Resource $Outside | Where-Object { $_.InScope -eq $true }
    if ($open) {
        throw "The app may open $Outside, which it must not ($($open.RoleName -join ', ')): look for rights without a scope, and take them away."
    }
    Write-Output "Exchange refuses $Outside, as it should."
}

function Remove-Everything {
    foreach ($one in $Wanted) {
        $assignment = "$Name $($one.Role)"
        if (Get-ManagementRoleAssignment -Identity $assignment -ErrorAction SilentlyContinue) {
            if ($PSCmdlet.ShouldProcess($assignment, 'Take the right away')) {
                Remove-ManagementRoleAssignment -Identity $assignment -Confirm:$false
            }
        }
        if (Get-ManagementScope -Identity $one.Scope -ErrorAction SilentlyContinue) {
            if ($PSCmdlet.ShouldProcess($one.Scope, 'Take the scope away')) {
                Remove-ManagementScope -Identity $one.Scope -Confirm:$false
            }
        }
    }
    if (Get-ServicePrincipal -Identity $ObjectId -ErrorAction SilentlyContinue) {
        if ($PSCmdlet.ShouldProcess($Name, "Take the app's entry in Exchange away")) {
            Remove-ServicePrincipal -Identity $ObjectId -Confirm:$false
        }
    }
}

Connect-ExchangeOnline -ShowBanner:$false

if ($Remove) {
    Remove-Everything
    return
}
if (-not ($Calendars -or $SendFrom -or $MailInCopy)) {
    throw 'Name the mailboxes: -Calendars, and later -SendFrom and -MailInCopy.'
}
if (-not (Get-ServicePrincipal -Identity $ObjectId -ErrorAction SilentlyContinue)) {
    if ($PSCmdlet.ShouldProcess($Name, 'Make the app known to Exchange')) {
        New-ServicePrincipal -AppId $AppId -ObjectId $ObjectId -DisplayName $Name | Out-Null
    }
}
foreach ($one in $Wanted) {
    if ($one.Mailboxes) {
        Set-Scope $one.Scope (Get-MailboxFilter $one.Mailboxes)
        Add-Right $one.Role $one.Scope
    }
}
if ($Outside -and -not $WhatIfPreference) {
    Test-Outside
}
