// The app itself on the Flex Consumption plan: it costs while it works, and sleeps in between.
param name string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param packageContainer string
param insightsName string
param vaultAddress string
param secretsInVault array
param mode string
param site string
param sender string
param botId string
param agreementFile string
param termsFiles string
param wordingFile string
param settleMinutes int
param deliveryTimes string
param hearsOfChanges bool
param pagesOpen bool
param alwaysReady bool
param maximumInstances int
param instanceMemory int

var packageFolder = '/home/site/wwwroot'
var onTheSite = 'sharepoint:' // a place on the register's site, which is no file of the package
var isOpen = hearsOfChanges || pagesOpen // whether anything of it can be reached from the internet
var address = 'https://${app.properties.defaultHostName}'

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' existing = {
  name: storageName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictionsDefaultAction: isOpen ? 'Allow' : 'Deny'
      scmIpSecurityRestrictionsDefaultAction: 'Allow' // the way a new version comes in: asks for a sign-in to Azure
    }
    functionAppConfig: {
      runtime: { name: 'python', version: '3.13' }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainer
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances // for each queue and each timer; the HTTP functions share one
        instanceMemoryMB: instanceMemory
        alwaysReady: alwaysReady ? [{ name: 'http', instanceCount: 1 }] : []
        triggers: { http: { perInstanceConcurrency: 16 } } // Python's default is 1
      }
    }
  }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScmPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-04-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

var hostSettings = {
  AzureWebJobsStorage__accountName: storage.name
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insights.properties.ConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
}

var ourSettings = {
  PROTOCOL_WATCH_MANAGED_IDENTITY_CLIENT_ID: identityClientId
  PROTOCOL_WATCH_LEDGER: 'https://${storage.name}.table.${environment().suffixes.storage}'
  PROTOCOL_WATCH_MODE: mode
  PROTOCOL_WATCH_SITE: site
  PROTOCOL_WATCH_SENDER: sender
  PROTOCOL_WATCH_BOT_ID: botId
  PROTOCOL_WATCH_AGREEMENT: empty(agreementFile) || startsWith(toLower(agreementFile), onTheSite) ? agreementFile : '${packageFolder}/${agreementFile}'
  PROTOCOL_WATCH_TERMS: empty(termsFiles) || startsWith(toLower(termsFiles), onTheSite) ? termsFiles : '${packageFolder}/${termsFiles}'
  PROTOCOL_WATCH_WORDING: empty(wordingFile) || startsWith(toLower(wordingFile), onTheSite) ? wordingFile : '${packageFolder}/${wordingFile}'
  PROTOCOL_WATCH_SETTLE_MINUTES: string(settleMinutes)
  PROTOCOL_WATCH_DELIVERY_TIMES: deliveryTimes
  PROTOCOL_WATCH_PUBLIC_URL: isOpen ? address : ''
}

// A reference to a secret that is not there would be handed on as if it were the secret: so only those that are.
// Each way in has a secret of its own, and none of it without its switch: no key, no page; no word, no call believed.
var secrets = union(
  contains(secretsInVault, 'TEAMS_WORKFLOW_URL') ? { PROTOCOL_WATCH_TEAMS_WORKFLOW_URL: '@Microsoft.KeyVault(SecretUri=${vaultAddress}secrets/teams-workflow-url)' } : {},
  contains(secretsInVault, 'MANAGER_WORKFLOW_URL') ? { PROTOCOL_WATCH_MANAGER_WORKFLOW_URL: '@Microsoft.KeyVault(SecretUri=${vaultAddress}secrets/manager-workflow-url)' } : {},
  pagesOpen && contains(secretsInVault, 'SIGNING_KEY') ? { PROTOCOL_WATCH_SIGNING_KEY: '@Microsoft.KeyVault(SecretUri=${vaultAddress}secrets/signing-key)' } : {},
  hearsOfChanges && contains(secretsInVault, 'CLIENT_STATE') ? { PROTOCOL_WATCH_CLIENT_STATE: '@Microsoft.KeyVault(SecretUri=${vaultAddress}secrets/client-state)' } : {},
  contains(secretsInVault, 'HEARTBEAT_URL') ? { PROTOCOL_WATCH_HEARTBEAT_URL: '@Microsoft.KeyVault(SecretUri=${vaultAddress}secrets/heartbeat-url)' } : {}
)

resource settings 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: union(hostSettings, ourSettings, secrets)
}

output name string = app.name
output address string = address
