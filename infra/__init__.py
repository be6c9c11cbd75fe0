"""The infrastructure in Azure: Terraform, KQL queries, packaging and the catalog of events."""
