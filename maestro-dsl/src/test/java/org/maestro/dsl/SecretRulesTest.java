package org.maestro.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.maestro.dsl.yaml.Definitions;

class SecretRulesTest {
  private static List<String> problems(String text) {
    return Definitions.read(text, "w.yaml").problems().stream()
        .filter(problem -> problem.code() == ProblemCode.SECRET)
        .map(problem -> problem.line() + " " + problem.message())
        .toList();
  }

  @Test
  void secretsAreTakenWhereTheyAreHandedOver() {
    assertThat(
            problems(
                """
                workflow:
                  id: w
                  jobs:
                    - id: load
                      type: Shell
                      script: echo $$PASSWORD
                      env: {PASSWORD: "${secret://db/etl/pass.word}", OTHER: "x"}
                    - id: ship
                      type: Docker
                      docker: {image: a, env: {URL: "https://u:${secret://a/b}@${secret://a/c}/$$x"}}
                    - id: tell
                      type: Http
                      http:
                        url: https://example.org
                        headers: {Authorization: "Bearer ${secret://crm/token}"}
                        body: {deep: ["${secret://crm/token}"]}
                """))
        .isEmpty();
  }

  @Test
  void elsewhereTheyWouldBeStored() {
    assertThat(
            problems(
                """
                workflow:
                  id: w
                  params: {password: "${secret://db/password}"}
                  jobs:
                    - id: load
                      type: Shell
                      script: echo ${secret://db/password}
                    - id: ship
                      type: Docker
                      docker: {image: a, command: [echo, "${secret://a/b}"]}
                    - foreach:
                      id: loop
                      loop_params: {x: [a, "${secret://a/b}"]}
                      jobs:
                        - id: inner
                          type: NoOp
                          token: "${secret://a/b}"
                """))
        .hasSize(5)
        .anySatisfy(problem -> assertThat(problem).startsWith("3 ").contains("would be stored"))
        .anySatisfy(problem ->
            assertThat(problem).startsWith("7 ").contains("this type of step takes secrets in env"))
        .anySatisfy(problem -> assertThat(problem).startsWith("10 ").contains("docker.env"))
        .anySatisfy(problem -> assertThat(problem).startsWith("13 "))
        .anySatisfy(problem -> assertThat(problem).startsWith("17 "));
  }

  @Test
  void whatIsWrittenWrongOrMixedWithParametersIsSaid() {
    assertThat(
            problems(
                """
                workflow:
                  id: w
                  jobs:
                    - id: load
                      type: Shell
                      script: echo
                      env:
                        A: "${secret:db/password}"
                        B: "${secret://DB/password}"
                        C: "${secret://db}"
                        D: "${secret://db/../x}"
                        E: "${user}:${secret://db/x}"
                        F: "$$user:${secret://db/x}"
                """))
        .satisfiesExactlyInAnyOrder(
            problem -> assertThat(problem).startsWith("8 ").contains("expected a secret as"),
            problem -> assertThat(problem).startsWith("9 ").contains("expected a secret as"),
            problem -> assertThat(problem).startsWith("10 ").contains("expected a secret as"),
            problem -> assertThat(problem).startsWith("11 ").contains("expected a secret as"),
            problem -> assertThat(problem).startsWith("12 ").contains("to hold no parameter"));
  }
}
