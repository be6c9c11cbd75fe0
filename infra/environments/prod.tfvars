# Settings of prod. infra/README.md lists all variables and their defaults.
environment         = "prod"
storage_replication = "ZRS" # survives the loss of a zone; cannot be changed later without a migration
monthly_budget      = 100
soft_delete_days    = 30
log_deletions       = true
