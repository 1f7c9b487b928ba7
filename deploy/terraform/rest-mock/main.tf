# OPTIONS of a REST API without a preflight function: a mock integration whose mapping template decides.
# rest-mock.vtl is what `corsage generate rest-mock --policy deploy/rest-mock/policy.json` writes; write
# yours over it. The deployment is yours: let the output changes trigger it.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "rest_api_id" {
  description = "The REST API."
  type        = string
}

variable "resource_ids" {
  description = "Its resources by names of your choice: each gets an OPTIONS."
  type        = map(string)
}

locals {
  status = 204
  headers = [
    "Access-Control-Allow-Origin",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Vary",
  ]
}

# Without an authorizer and without an API key: a preflight carries neither.
resource "aws_api_gateway_method" "preflight" {
  for_each         = var.resource_ids
  rest_api_id      = var.rest_api_id
  resource_id      = each.value
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "preflight" {
  for_each             = var.resource_ids
  rest_api_id          = var.rest_api_id
  resource_id          = each.value
  http_method          = aws_api_gateway_method.preflight[each.key].http_method
  type                 = "MOCK"
  passthrough_behavior = "WHEN_NO_MATCH"
  content_handling     = "CONVERT_TO_TEXT"
  request_templates    = { "application/json" = jsonencode({ statusCode = local.status }) }
}

resource "aws_api_gateway_method_response" "preflight" {
  for_each            = var.resource_ids
  rest_api_id         = var.rest_api_id
  resource_id         = each.value
  http_method         = aws_api_gateway_method.preflight[each.key].http_method
  status_code         = local.status
  response_parameters = { for name in local.headers : "method.response.header.${name}" => true }
}

resource "aws_api_gateway_integration_response" "preflight" {
  for_each           = var.resource_ids
  rest_api_id        = var.rest_api_id
  resource_id        = each.value
  http_method        = aws_api_gateway_method.preflight[each.key].http_method
  status_code        = aws_api_gateway_method_response.preflight[each.key].status_code
  content_handling   = "CONVERT_TO_TEXT"
  response_templates = { "application/json" = file("${path.module}/rest-mock.vtl") }
  depends_on         = [aws_api_gateway_integration.preflight]
}

output "changes" {
  description = "For the triggers of the API's deployment: methods are not in force until they are deployed."
  value = sha1(jsonencode([
    aws_api_gateway_method.preflight,
    aws_api_gateway_integration.preflight,
    aws_api_gateway_method_response.preflight,
    aws_api_gateway_integration_response.preflight,
  ]))
}
