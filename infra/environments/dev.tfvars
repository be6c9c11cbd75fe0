# Settings of dev. infra/README.md lists all variables and their defaults.
environment        = "dev"
reconcile_schedule = "0 */5 * * * *" # every 5 minutes: a fifth of the idle cost
