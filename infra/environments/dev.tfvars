# What is different about dev: nothing yet. infra/variables.tf has the defaults and what else there is.
environment = "dev"
