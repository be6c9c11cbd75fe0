# What is different about dev. infra/variables.tf has the defaults and what else there is.
environment        = "dev"
reconcile_schedule = "0 */5 * * * *" # a fifth of the idle cost
