// The preflight function in Go: jub0bs/cors behind AWS's adapter for net/http, on provided.al2023.
package main

import (
	"log"
	"net/http"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
	"github.com/jub0bs/cors"
)

func list(variable string) []string {
	entries := strings.Split(os.Getenv(variable), ",")
	for i, entry := range entries {
		entries[i] = strings.TrimSpace(entry)
	}
	return entries
}

func main() {
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:         list("ALLOWED_ORIGINS"),
		Methods:         list("ALLOWED_METHODS"),
		RequestHeaders:  list("ALLOWED_HEADERS"),
		MaxAgeInSeconds: 7200,
	})
	if err != nil {
		log.Fatal(err)
	}
	handler := middleware.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusMethodNotAllowed)
	}))
	lambda.Start(httpadapter.NewV2(handler).ProxyWithContext)
}
