# The OPTIONS methods of a REST API, and what its own errors carry. The deployment is yours: let the
# output rest_api_changes trigger it.

locals {
  resource_ids = var.rest_api == null ? {} : var.rest_api.resource_ids
  error_types  = var.rest_api == null ? toset([]) : toset(["DEFAULT_4XX", "DEFAULT_5XX"])
}

# Without an authorizer and without an API key: a preflight carries neither.
resource "aws_api_gateway_method" "preflight" {
  for_each         = local.resource_ids
  rest_api_id      = var.rest_api.id
  resource_id      = each.value
  http_method      = "OPTIONS"
  authorization    = "NONE"
  api_key_required = false
}

resource "aws_api_gateway_integration" "preflight" {
  for_each                = local.resource_ids
  rest_api_id             = var.rest_api.id
  resource_id             = each.value
  http_method             = aws_api_gateway_method.preflight[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.function.invoke_arn
}

resource "aws_lambda_permission" "rest_api" {
  count         = var.rest_api == null ? 0 : 1
  statement_id  = "corsage-rest-api"
  function_name = aws_lambda_function.function.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.rest_api.execution_arn}/*/OPTIONS/*"
}

# An origin that is written down: the request's own would let every page read these errors.
resource "aws_api_gateway_gateway_response" "error" {
  for_each      = local.error_types
  rest_api_id   = var.rest_api.id
  response_type = each.value
  response_parameters = merge(
    {
      "gatewayresponse.header.Access-Control-Allow-Origin" = "'${var.rest_api.error_origin}'"
      "gatewayresponse.header.Vary"                        = "'Origin'"
    },
    var.allow_credentials ? { "gatewayresponse.header.Access-Control-Allow-Credentials" = "'true'" } : {}
  )
}
