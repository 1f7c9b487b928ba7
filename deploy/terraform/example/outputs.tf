output "api_url" {
  description = "What pages call; the demo responds to GET /items."
  value = var.api == "http-api" ? aws_apigatewayv2_api.api[0].api_endpoint : (
    var.api == "rest-api" ? aws_api_gateway_stage.prod[0].invoke_url : module.demo.function_url
  )
}

output "allow_list" {
  description = "The table with more origins; null without one."
  value       = one(aws_dynamodb_table.allow_list[*].name)
}
