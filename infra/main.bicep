// Everything that Protocol Watch needs in the council's own Azure subscription: `azd up` makes it, `azd down`
// takes it away. Rights in Microsoft 365 are not among it: an administrator gives those with infra/scripts.
targetScope = 'subscription'

@description('A short name for this installation, such as send-live. It becomes part of the names of what is made.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Where in the world it runs and keeps what it remembers. For a council in the United Kingdom: uksouth or ukwest.')
@metadata({ azd: { type: 'location' } })
param location string

@description('The person (Entra object id) who may put secrets into the vault. Empty: nobody, as yet.')
param keeperId string = ''

@description('An app with a certificate (object id among the Enterprise applications), with which "protocol-watch release" reaches the ledger from a computer of your own. Empty: none does.')
param commandsId string = ''

@description('observe: look, and tell nobody but the partnership manager. tell: tell people, of each group that was released.')
@allowed(['observe', 'tell'])
param mode string = 'observe'

@description('The SharePoint site that holds the register, such as https://council.sharepoint.com/sites/send. Empty: no register is read.')
param site string = ''

@description('The mailbox that mails are sent from, to officers, the forum chair and forum reps. Empty: no mail is sent.')
param sender string = ''

@description('The Teams bot that talks to one person at a time. It is not built yet: leave it empty.')
param botId string = ''

@description('Your agreement: a file inside the package, such as partnership/agreement.yaml. Empty: the shipped one serves.')
param agreementFile string = ''

@description('Your school term dates: a file or folder inside the package, such as partnership. Empty: the shipped ones serve.')
param termsFiles string = ''

@description('Your own words for what people are told: a file inside the package. Empty: the shipped words serve.')
param wordingFile string = ''

@description('How many minutes a change is left alone before anybody is told, in case it is put right.')
@minValue(0)
@maxValue(1440)
param settleMinutes int = 20

@description('The times of day, London time, at which cards leave on working days.')
param deliveryTimes string = '9:15 13:15'

@description('Whether Microsoft 365 may call the app when a calendar changes. False: it is not called, and a timer reads the calendars every 15 minutes all the same.')
param hearsOfChanges bool = false

@description('Whether people may open the signed links in their mails, on pages of the app. False: mails have no links to answer with, and no mail to forum reps begins. If this and hearsOfChanges are false, nothing of the app can be reached from the internet.')
param pagesOpen bool = false

@description('Which secrets lie in the vault already, by name and with commas between: TEAMS_WORKFLOW_URL, MANAGER_WORKFLOW_URL, SIGNING_KEY, CLIENT_STATE, HEARTBEAT_URL. Only these are handed to the app; SIGNING_KEY only with pagesOpen, CLIENT_STATE only with hearsOfChanges.')
param secretsInVault string = ''

@description('Where Azure sends its own alarms: one mail address, best a shared mailbox that somebody reads. Empty: alarms show in the portal only.')
param alarmsTo string = ''

@description('Keeps one instance warm for calls from Microsoft 365, so that the first is answered in time. It costs money every hour: see docs/costs.md.')
param alwaysReady bool = false

@description('How many machines may run the same function at once. More than one breaks the promise of four calls to Outlook at a time.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 1

@description('Memory of one instance in MB. A bigger one costs more for each second.')
@allowed([512, 2048, 4096])
param instanceMemory int = 2048

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = { 'azd-env-name': environmentName, purpose: 'protocol-watch' }

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-protocol-watch-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-protocol-watch-${token}', location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    name: 'stpw${token}'
    location: location
    tags: tags
    appId: identity.outputs.principalId
    commandsId: commandsId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  scope: group
  params: {
    name: 'kv-pw-${token}'
    location: location
    tags: tags
    appId: identity.outputs.principalId
    keeperId: keeperId
  }
}

module watching 'modules/watching.bicep' = {
  name: 'watching'
  scope: group
  params: {
    suffix: token
    location: location
    tags: tags
    appId: identity.outputs.principalId
    alarmsTo: alarmsTo
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  scope: group
  params: {
    name: 'func-protocol-watch-${token}'
    location: location
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsName: watching.outputs.insightsName
    vaultAddress: vault.outputs.address
    secretsInVault: split(replace(toUpper(secretsInVault), ' ', ''), ',')
    mode: mode
    site: site
    sender: sender
    botId: botId
    agreementFile: agreementFile
    termsFiles: termsFiles
    wordingFile: wordingFile
    settleMinutes: settleMinutes
    deliveryTimes: deliveryTimes
    hearsOfChanges: hearsOfChanges
    pagesOpen: pagesOpen
    alwaysReady: alwaysReady
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
  }
}

output AZURE_RESOURCE_GROUP string = group.name
output PROTOCOL_WATCH_APP string = app.outputs.name
output PROTOCOL_WATCH_ADDRESS string = app.outputs.address
output PROTOCOL_WATCH_VAULT string = vault.outputs.name
output PROTOCOL_WATCH_LEDGER_ADDRESS string = storage.outputs.tables
output PROTOCOL_WATCH_IDENTITY_CLIENT_ID string = identity.outputs.clientId
output PROTOCOL_WATCH_IDENTITY_OBJECT_ID string = identity.outputs.principalId
