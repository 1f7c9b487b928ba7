# A function with a policy: the preflight function unless `handler` says otherwise. http-api.tf and
# rest-api.tf attach it to an API. docs/deploy.md says more.

locals {
  archive = var.archive == null ? "${path.module}/../../dist/corsage-lambda.zip" : var.archive
}

resource "aws_lambda_function" "function" {
  function_name    = var.name
  filename         = local.archive
  source_code_hash = filebase64sha256(local.archive)
  runtime          = "java21"
  handler          = var.handler
  memory_size      = 512
  timeout          = var.timeout
  architectures    = [var.architecture]
  role             = aws_iam_role.function.arn

  reserved_concurrent_executions = var.reserved_concurrency

  # No SnapStart: a version that nobody called for 14 days refuses its next calls while it wakes up,
  # and for a page that is a failed preflight. docs/lambda.md says how to turn it on.

  environment {
    variables = merge(
      {
        ALLOWED_ORIGINS   = var.allowed_origins
        ALLOWED_METHODS   = var.allowed_methods
        ALLOWED_HEADERS   = var.allowed_headers
        EXPOSED_HEADERS   = var.exposed_headers
        ALLOW_CREDENTIALS = tostring(var.allow_credentials)
        MAX_AGE           = tostring(var.max_age)
      },
      var.allow_list == null ? {} : { ALLOW_LIST = "dynamodb:${var.allow_list.table_name}/origins" }
    )
  }

  logging_config {
    log_format = "Text"
    log_group  = aws_cloudwatch_log_group.function.name
  }

  # Else its first calls may come before it may write to its log, or read the table.
  depends_on = [aws_iam_role_policy.log, aws_iam_role_policy.allow_list]
}

resource "aws_cloudwatch_log_group" "function" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

# Not AWSLambdaBasicExecutionRole, which may write to every log of the account.
resource "aws_iam_role" "function" {
  name_prefix = "${var.name}-"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "log" {
  name = "log"
  role = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.function.arn}:*"
    }]
  })
}

resource "aws_iam_role_policy" "allow_list" {
  count = var.allow_list == null ? 0 : 1
  name  = "allow-list"
  role  = aws_iam_role.function.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["dynamodb:BatchGetItem"]
      Resource  = var.allow_list.table_arn
      Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["origins"] } }
    }]
  })
}

# No cors block: two layers would add the headers, and browsers refuse them when they come twice.
resource "aws_lambda_function_url" "url" {
  count              = var.function_url ? 1 : 0
  function_name      = aws_lambda_function.function.function_name
  authorization_type = "NONE"
}

# A public URL needs both: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
resource "aws_lambda_permission" "url" {
  count                  = var.function_url ? 1 : 0
  statement_id           = "corsage-url"
  function_name          = aws_lambda_function.function.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "url_invoke" {
  count                    = var.function_url ? 1 : 0
  statement_id             = "corsage-url-invoke"
  function_name            = aws_lambda_function.function.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}

# A stack of CloudFormation, so that the alarms and the dashboard are the same whichever tool makes them.
resource "aws_cloudformation_stack" "operations" {
  count         = var.operations == null ? 0 : 1
  name          = "${var.name}-operations"
  template_body = file("${path.module}/../operations.yaml")
  parameters = {
    FunctionName        = aws_lambda_function.function.function_name
    LogGroup            = aws_cloudwatch_log_group.function.name
    AlarmTopic          = var.operations.alarm_topic
    RefusedLimit        = tostring(var.operations.refused_limit)
    DurationLimit       = tostring(var.timeout * 500)
    ReservedConcurrency = tostring(var.reserved_concurrency)
  }
}
