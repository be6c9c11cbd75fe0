# What is different about prod.
environment         = "prod"
storage_replication = "ZRS" # a zone may burn down
monthly_budget      = 100
soft_delete_days    = 30
