# A complete API: the preflight function, and the demo's in place of yours. docs/deploy.md has the
# command. The region and the credentials are those of the AWS CLI.

locals {
  allow_list = var.dynamodb ? {
    table_name = aws_dynamodb_table.allow_list[0].name
    table_arn  = aws_dynamodb_table.allow_list[0].arn
  } : null
  operations = var.operations ? {
    alarm_topic   = var.alarm_topic
    refused_limit = var.refused_limit
  } : null
}

# A function URL belongs to one function, so there the wrapper responds to the preflights.
module "preflight" {
  count  = var.api == "function-url" ? 0 : 1
  source = "../"

  http_api = var.api == "http-api" ? {
    id            = aws_apigatewayv2_api.api[0].id
    execution_arn = aws_apigatewayv2_api.api[0].execution_arn
  } : null
  rest_api = var.api == "rest-api" ? {
    id            = aws_api_gateway_rest_api.api[0].id
    execution_arn = aws_api_gateway_rest_api.api[0].execution_arn
    resource_ids  = local.resource_ids
    error_origin  = var.error_origin
  } : null

  allowed_origins    = var.allowed_origins
  allowed_methods    = var.allowed_methods
  allowed_headers    = var.allowed_headers
  exposed_headers    = var.exposed_headers
  allow_credentials  = var.allow_credentials
  max_age            = var.max_age
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
  allow_list         = local.allow_list
  operations         = local.operations

  reserved_concurrency = var.reserved_concurrency
}

# Yours in its place: a function that is wrapped, or that has its own CORS.
module "demo" {
  source       = "../"
  name         = "corsage-demo"
  archive      = "${path.module}/../../../dist/corsage-demo.zip"
  handler      = "dev.corsage.gateway.demo.DemoFunction"
  timeout      = 28
  function_url = var.api == "function-url"

  allowed_origins    = var.allowed_origins
  allowed_methods    = var.allowed_methods
  allowed_headers    = var.allowed_headers
  exposed_headers    = var.exposed_headers
  allow_credentials  = var.allow_credentials
  max_age            = var.max_age
  architecture       = var.architecture
  log_retention_days = var.log_retention_days
  allow_list         = local.allow_list
  operations         = local.operations

  # Of a URL, this function responds to the preflights.
  reserved_concurrency = var.api == "function-url" ? var.reserved_concurrency : -1
}

resource "aws_dynamodb_table" "allow_list" {
  count        = var.dynamodb ? 1 : 0
  name         = "corsage-origins"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "list"
  range_key    = "origin"

  attribute {
    name = "list"
    type = "S"
  }
  attribute {
    name = "origin"
    type = "S"
  }
  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}
