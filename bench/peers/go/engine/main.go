// Measures jub0bs/cors in this process: the time and the bytes of one response.
//
// It reads one JSON object from standard input, with the policy and the requests, and prints one with
// the figures. Requests and the response are made beforehand and reused, as for the other engines. Each
// batch of a fixed number of requests is timed by itself, and the median counts: on a busy machine many
// are interrupted, but not half.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/jub0bs/cors"
)

type input struct {
	Origins         []string
	Methods         []string
	RequestHeaders  []string
	ResponseHeaders []string
	MaxAgeSeconds   int
	Allowed         bool
	Batch           int
	Millis          int
	Requests        []struct {
		Method  string
		Headers map[string]string
	}
}

// A response that is as light as it can be; its headers are emptied before each use.
type response struct {
	headers http.Header
	status  int
}

func (r *response) Header() http.Header            { return r.headers }
func (r *response) Write(body []byte) (int, error) { return len(body), nil }
func (r *response) WriteHeader(status int)         { r.status = status }

func main() {
	log.SetFlags(0)
	var in input
	if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil {
		log.Fatal(err)
	}
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins:         in.Origins,
		Credentialed:    true,
		Methods:         in.Methods,
		RequestHeaders:  in.RequestHeaders,
		ResponseHeaders: in.ResponseHeaders,
		MaxAgeInSeconds: in.MaxAgeSeconds,
	})
	if err != nil {
		log.Fatal(err)
	}
	handler := middleware.Wrap(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	requests := make([]*http.Request, len(in.Requests))
	for i, asked := range in.Requests {
		headers := make(http.Header, len(asked.Headers))
		for name, value := range asked.Headers {
			headers.Set(name, value)
		}
		requests[i] = &http.Request{Method: asked.Method, Header: headers, Host: "api.example.com"}
	}
	out := &response{headers: make(http.Header, 8)}
	respond := func(request *http.Request) {
		clear(out.headers)
		handler.ServeHTTP(out, request)
	}
	for _, request := range requests {
		respond(request)
		origin := request.Header.Get("Origin")
		if (out.headers.Get("Access-Control-Allow-Origin") == origin) != in.Allowed {
			log.Fatalf("%s %s: %v", request.Method, origin, out.headers)
		}
	}
	next := 0
	batch := func() float64 {
		start := time.Now()
		for range in.Batch {
			respond(requests[next])
			if next++; next == len(requests) {
				next = 0
			}
		}
		return float64(time.Since(start).Nanoseconds()) / float64(in.Batch)
	}
	measured := time.Duration(in.Millis) * time.Millisecond
	for end := time.Now().Add(measured / 4); time.Now().Before(end); {
		batch()
	}
	var times []float64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for end := time.Now().Add(measured); time.Now().Before(end); {
		times = append(times, batch())
	}
	runtime.ReadMemStats(&after)
	responses := float64(len(times) * in.Batch)
	slices.Sort(times)
	fmt.Printf("{\"ns\": %.1f, \"bytes\": %.1f}\n", times[len(times)/2],
		float64(after.TotalAlloc-before.TotalAlloc)/responses)
}
