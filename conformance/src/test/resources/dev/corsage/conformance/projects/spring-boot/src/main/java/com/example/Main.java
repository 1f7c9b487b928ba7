package com.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
@RestController
public class Main {
  public static void main(String[] arguments) {
    SpringApplication.run(Main.class, arguments);
  }

  @RequestMapping("/orders")
  String orders() {
    return "orders";
  }

  @RequestMapping("/fails")
  String fails() {
    throw new IllegalStateException("This controller fails.");
  }
}
