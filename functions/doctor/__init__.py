"""What `doctor` looks at: settings, sign-in, rights and their scope, calendars, site, files, ledger, certificates."""
