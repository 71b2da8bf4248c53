// The safe for the few secrets there are: the workflows' addresses, the signing key, the word Microsoft 365 must say.
// No secret passes through this file: the keeper puts them in by hand (docs/deploy.md).
param name string
param location string
param tags object

@description('The app\'s identity: it may read secrets, and no more.')
param appId string

@description('The person who may put secrets in. Empty: nobody, as yet.')
param keeperId string

var secretsUser = '4633458b-17de-408a-b874-0445c86b69e6' // Key Vault Secrets User: reads
var secretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7' // Key Vault Secrets Officer: writes

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    enablePurgeProtection: true
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, appId, secretsUser)
  scope: vault
  properties: {
    principalId: appId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsUser)
  }
}

resource keeperRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(keeperId)) {
  name: guid(vault.id, keeperId, secretsOfficer)
  scope: vault
  properties: {
    principalId: keeperId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', secretsOfficer)
  }
}

output name string = vault.name
output address string = vault.properties.vaultUri
