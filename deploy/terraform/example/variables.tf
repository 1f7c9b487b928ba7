variable "api" {
  description = "What the functions are behind: http-api, rest-api or function-url."
  type        = string

  validation {
    condition     = contains(["http-api", "rest-api", "function-url"], var.api)
    error_message = "Write http-api, rest-api or function-url."
  }
}

variable "error_origin" {
  description = "With rest-api: the one origin whose pages may read the errors that API Gateway makes itself."
  type        = string
  default     = null
}

variable "dynamodb" {
  description = "Whether a table has more origins. Package with --store dynamodb then."
  type        = bool
  default     = false
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

variable "preflight_rate" {
  description = "How many preflights the API takes in a second; it responds to others with 429."
  type        = number
  default     = 500
}

variable "preflight_burst" {
  description = "How many preflights the API takes at once."
  type        = number
  default     = 500
}

variable "operations" {
  description = "Whether there are alarms and a dashboard, as docs/operations.md has them. They cost money."
  type        = bool
  default     = false
}

variable "alarm_topic" {
  description = "The ARN of an SNS topic that is told of alarms; empty for none."
  type        = string
  default     = ""
}

variable "refused_limit" {
  description = "How many refused requests in five minutes are an alarm."
  type        = number
  default     = 100
}
