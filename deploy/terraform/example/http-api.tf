# No cors_configuration: with it the API responds to preflights itself and drops the functions' headers.
resource "aws_apigatewayv2_api" "api" {
  count         = var.api == "http-api" ? 1 : 0
  name          = "corsage"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_stage" "default" {
  count       = var.api == "http-api" ? 1 : 0
  api_id      = aws_apigatewayv2_api.api[0].id
  name        = "$default"
  auto_deploy = true

  route_settings {
    route_key              = "OPTIONS /{proxy+}"
    throttling_rate_limit  = var.preflight_rate
    throttling_burst_limit = var.preflight_burst
  }
  route_settings {
    route_key              = "OPTIONS /"
    throttling_rate_limit  = var.preflight_rate
    throttling_burst_limit = var.preflight_burst
  }
  # The routes have to be there first.
  depends_on = [module.preflight]
}

resource "aws_apigatewayv2_integration" "demo" {
  count                  = var.api == "http-api" ? 1 : 0
  api_id                 = aws_apigatewayv2_api.api[0].id
  integration_type       = "AWS_PROXY"
  integration_uri        = module.demo.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "demo" {
  for_each           = var.api == "http-api" ? toset(["ANY /{proxy+}", "ANY /"]) : toset([])
  api_id             = aws_apigatewayv2_api.api[0].id
  route_key          = each.value
  authorization_type = "NONE"
  target             = "integrations/${aws_apigatewayv2_integration.demo[0].id}"
}

resource "aws_lambda_permission" "http_api" {
  count         = var.api == "http-api" ? 1 : 0
  statement_id  = "http-api"
  function_name = module.demo.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.api[0].execution_arn}/*"
}
