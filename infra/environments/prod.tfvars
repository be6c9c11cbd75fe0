# Settings of prod. infra/variables.tf describes all variables and their defaults.
environment         = "prod"
storage_replication = "ZRS" # survives the loss of a zone
monthly_budget      = 100
soft_delete_days    = 30
