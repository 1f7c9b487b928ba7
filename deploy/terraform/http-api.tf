# The OPTIONS routes of an HTTP API. Its built-in CORS must be off (no cors_configuration): else the
# API responds to preflights itself and drops the functions' headers.

resource "aws_apigatewayv2_integration" "preflight" {
  count                  = var.http_api == null ? 0 : 1
  api_id                 = var.http_api.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.function.invoke_arn
  payload_format_version = "1.0"
}

# Without an authorizer: a preflight carries no credentials.
resource "aws_apigatewayv2_route" "preflight" {
  for_each           = var.http_api == null ? toset([]) : toset(["OPTIONS /{proxy+}", "OPTIONS /"])
  api_id             = var.http_api.id
  route_key          = each.value
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.preflight[0].id}"
}

resource "aws_lambda_permission" "http_api" {
  count         = var.http_api == null ? 0 : 1
  statement_id  = "corsage-http-api"
  function_name = aws_lambda_function.function.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${var.http_api.execution_arn}/*/OPTIONS/*"
}
