output "function_name" {
  description = "The function's name."
  value       = aws_lambda_function.function.function_name
}

output "invoke_arn" {
  description = "What an integration of API Gateway calls."
  value       = aws_lambda_function.function.invoke_arn
}

output "function_url" {
  description = "The function's URL; null without one."
  value       = one(aws_lambda_function_url.url[*].function_url)
}

output "rest_api_changes" {
  description = "Changes whenever a REST API must be deployed anew."
  value = sha1(jsonencode([
    aws_api_gateway_method.preflight,
    aws_api_gateway_integration.preflight,
    aws_api_gateway_gateway_response.error,
  ]))
}
