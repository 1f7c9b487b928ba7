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
