// Who watches the watcher: logs without personal data for 30 days, and two alarms.
param suffix string
param location string
param tags object

@description('The app\'s identity: it may write logs.')
param appId string

@description('Where alarms go: one mail address. Empty: they show in the portal only.')
param alarmsTo string

var metricsPublisher = '3913510d-42f4-4e42-8a64-420c390055eb' // Monitoring Metrics Publisher

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-protocol-watch-${suffix}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    workspaceCapping: { dailyQuotaGb: 1 } // a fault that logs without end must not become a bill
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-protocol-watch-${suffix}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
    DisableIpMasking: false
  }
}

resource appRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, appId, metricsPublisher)
  scope: insights
  properties: {
    principalId: appId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', metricsPublisher)
  }
}

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(alarmsTo)) {
  name: 'ag-protocol-watch-${suffix}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'protocolw'
    enabled: true
    emailReceivers: [
      { name: 'operators', emailAddress: alarmsTo, useCommonAlertSchema: true }
    ]
  }
}

resource poison 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: 'poison-${suffix}'
  location: location
  tags: tags
  properties: {
    displayName: 'Protocol Watch: a piece of work failed five times'
    description: 'A message was put aside into a poison queue. Nobody was told what it was about. See docs/support.md.'
    severity: 2
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT30M'
    autoMitigate: false
    criteria: {
      allOf: [
        {
          query: '''
            union isfuzzy=true
              (AppTraces | where Message has 'MaxDequeueCount'),
              (AppRequests | where Name has 'poison')
          '''
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(alarmsTo) ? [] : [people.id] }
  }
}

resource missedSweep 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: 'missed-sweep-${suffix}'
  location: location
  tags: tags
  properties: {
    displayName: 'Protocol Watch: no calendar was read for an hour'
    description: 'The timer that reads the calendars every 15 minutes did not end well once in an hour. See docs/support.md.'
    severity: 2
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT30M'
    windowSize: 'PT1H'
    autoMitigate: true
    criteria: {
      allOf: [
        {
          query: '''
            AppRequests
            | where Name has 'sweep' and Success == true
            | summarize Runs = count()
            | where Runs == 0
          '''
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: empty(alarmsTo) ? [] : [people.id] }
  }
}

output insightsName string = insights.name
