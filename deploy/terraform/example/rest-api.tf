resource "aws_api_gateway_rest_api" "api" {
  count = var.api == "rest-api" ? 1 : 0
  name  = "corsage"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  lifecycle {
    precondition {
      condition     = var.error_origin != null
      error_message = "error_origin is missing: write the one origin whose pages may read the API's own errors."
    }
  }
}

resource "aws_api_gateway_resource" "proxy" {
  count       = var.api == "rest-api" ? 1 : 0
  rest_api_id = aws_api_gateway_rest_api.api[0].id
  parent_id   = aws_api_gateway_rest_api.api[0].root_resource_id
  path_part   = "{proxy+}"
}

locals {
  resource_ids = var.api == "rest-api" ? {
    root  = aws_api_gateway_rest_api.api[0].root_resource_id
    proxy = aws_api_gateway_resource.proxy[0].id
  } : {}
}

resource "aws_api_gateway_method" "demo" {
  for_each      = local.resource_ids
  rest_api_id   = aws_api_gateway_rest_api.api[0].id
  resource_id   = each.value
  http_method   = "ANY"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "demo" {
  for_each                = local.resource_ids
  rest_api_id             = aws_api_gateway_rest_api.api[0].id
  resource_id             = each.value
  http_method             = aws_api_gateway_method.demo[each.key].http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = module.demo.invoke_arn
}

resource "aws_lambda_permission" "rest_api" {
  count         = var.api == "rest-api" ? 1 : 0
  statement_id  = "rest-api"
  function_name = module.demo.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.api[0].execution_arn}/*"
}

resource "aws_api_gateway_deployment" "api" {
  count       = var.api == "rest-api" ? 1 : 0
  rest_api_id = aws_api_gateway_rest_api.api[0].id
  # Methods that are new are not in force until they are deployed.
  triggers = {
    changes = sha1(jsonencode([
      module.preflight[0].rest_api_changes,
      aws_api_gateway_method.demo,
      aws_api_gateway_integration.demo,
    ]))
  }
  depends_on = [module.preflight]

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_api_gateway_stage" "prod" {
  count         = var.api == "rest-api" ? 1 : 0
  rest_api_id   = aws_api_gateway_rest_api.api[0].id
  deployment_id = aws_api_gateway_deployment.api[0].id
  stage_name    = "prod"
}

# The root is ~1.
resource "aws_api_gateway_method_settings" "preflight" {
  for_each    = var.api == "rest-api" ? toset(["~1/OPTIONS", "{proxy+}/OPTIONS"]) : toset([])
  rest_api_id = aws_api_gateway_rest_api.api[0].id
  stage_name  = aws_api_gateway_stage.prod[0].stage_name
  method_path = each.value

  settings {
    throttling_rate_limit  = var.preflight_rate
    throttling_burst_limit = var.preflight_burst
  }
}
