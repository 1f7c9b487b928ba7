variable "name" {
  description = "The function's name; its role and its log are named after it."
  type        = string
  default     = "corsage-preflight"
}

variable "archive" {
  description = "The function's archive; null is what `./corsage package` has written."
  type        = string
  default     = null
}

variable "handler" {
  description = "The handler class: the preflight function, or yours if it is wrapped."
  type        = string
  default     = "dev.corsage.lambda.PreflightHandler"
}

variable "timeout" {
  description = "Seconds that a call may take."
  type        = number
  default     = 10
}

variable "http_api" {
  description = "The HTTP API that gets the OPTIONS routes, with its built-in CORS off; null for none."
  type        = object({ id = string, execution_arn = string })
  default     = null
}

variable "rest_api" {
  description = "The REST API that gets the OPTIONS methods and the origin whose pages may read the API's own errors; null for none. resource_ids has the id of every resource, by a name of your choice."
  type = object({
    id            = string
    execution_arn = string
    resource_ids  = map(string)
    error_origin  = string
  })
  default = null

  validation {
    # A quotation mark would end the literal that it is written into.
    condition     = var.rest_api == null || can(regex("^https?://[a-z0-9.:\\[\\]-]+$", var.rest_api.error_origin))
    error_message = "Write one exact origin, such as https://app.example.com."
  }
}

variable "function_url" {
  description = "Whether the function gets a public URL: for a function of yours that is wrapped."
  type        = bool
  default     = false
}

variable "allow_list" {
  description = "The DynamoDB table with more origins; null for none. Package with --store dynamodb."
  type        = object({ table_name = string, table_arn = string })
  default     = null
}

variable "allowed_origins" {
  description = "Origins of the pages that may call the API, as docs/policy.md writes them."
  type        = string

  validation {
    condition     = trimspace(var.allowed_origins) != ""
    error_message = "Write at least one origin, such as https://app.example.com."
  }
}

variable "allowed_methods" {
  description = "Methods beside GET, HEAD and POST, which always are allowed."
  type        = string
  default     = "PUT, DELETE"
}

variable "allowed_headers" {
  description = "Request headers that pages may set."
  type        = string
  default     = "authorization, content-type"
}

variable "exposed_headers" {
  description = "Response headers that pages may read."
  type        = string
  default     = ""
}

variable "allow_credentials" {
  description = "Whether cookies may be sent."
  type        = bool
  default     = false
}

variable "max_age" {
  description = "For how many seconds browsers cache the response to a preflight."
  type        = number
  default     = 7200
}

variable "architecture" {
  description = "The archives are the same for both; arm64 costs less."
  type        = string
  default     = "arm64"

  validation {
    condition     = contains(["arm64", "x86_64"], var.architecture)
    error_message = "Write arm64 or x86_64."
  }
}

variable "log_retention_days" {
  description = "After how many days lines of the log are deleted; one of CloudWatch's choices."
  type        = number
  default     = 30
}

variable "reserved_concurrency" {
  description = "How many calls may run at once, kept from the account's other functions; -1 for no limit."
  type        = number
  default     = -1
}

variable "operations" {
  description = "Alarms and a dashboard, as docs/operations.md has them; null for none. They cost money."
  type = object({
    alarm_topic   = string # the ARN of an SNS topic; empty for none
    refused_limit = number # how many refused requests in five minutes are an alarm
  })
  default = null
}
