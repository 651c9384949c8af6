package org.maestro.engine.api.definition;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.maestro.dsl.DefinitionWriter;
import org.maestro.dsl.yaml.Definitions;
import org.maestro.dsl.yaml.Reading;
import org.maestro.dsl.yaml.SourceProblem;
import org.maestro.dsl.yaml.YamlWriter;
import org.maestro.engine.definition.DefinitionFormat;
import org.maestro.engine.definition.DefinitionPublisher;
import org.maestro.engine.definition.DefinitionPublisher.Published;
import org.maestro.engine.definition.DefinitionQueries;
import org.maestro.engine.definition.VersionSelector;
import org.maestro.model.definition.CheckAnswer;
import org.maestro.model.definition.PushAnswer;
import org.maestro.model.definition.PushRequest;
import org.maestro.model.definition.TextPreview;
import org.maestro.model.event.TimelineEvent;
import org.maestro.service.problem.ApiException;
import org.maestro.service.security.Caller;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Versions of workflows as YAML: the same as in JSON, with problems at their lines and columns. */
@RestController
@RequestMapping("/api/v3/workflows")
final class YamlController {
  private static final int LONGEST_FILE_NAME = 1_000;
  private static final MediaType YAML =
      new MediaType("application", "yaml", StandardCharsets.UTF_8);

  private final DefinitionPublisher publisher;
  private final DefinitionQueries queries;
  private final DefinitionFormat format;
  private final DefinitionViews views;

  YamlController(
      DefinitionPublisher publisher,
      DefinitionQueries queries,
      DefinitionFormat format,
      DefinitionViews views) {
    this.publisher = publisher;
    this.queries = queries;
    this.format = format;
    this.views = views;
  }

  /**
   * As a push in JSON.
   *
   * @param file the name that problems show
   */
  @PostMapping(
      path = "/yaml",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  PushAnswer push(
      Caller caller,
      @RequestBody byte[] text,
      @RequestParam(defaultValue = "workflow.yaml") String file) {
    var reading = reading(text, file);
    return views.pushed(located(reading, it -> publisher.push(caller, it.push())));
  }

  /** As a check in JSON; warnings have their places in the text. */
  @PutMapping(
      path = "/actions/validate/yaml",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  CheckAnswer validate(
      Caller caller,
      @RequestBody byte[] text,
      @RequestParam(defaultValue = "workflow.yaml") String file) {
    var reading = reading(text, file);
    var event = located(reading, it -> publisher.validate(caller, it.push()));
    var warnings = warnings(reading);
    return warnings.isEmpty()
        ? new CheckAnswer(event, List.of(), List.of())
        : new CheckAnswer(
            TimelineEvent.warn(
                event.timestamp(), event.message() + "\n" + Reading.rendered(warnings)),
            views.cannotBeDone(reading.push()),
            TextProblems.of(warnings));
  }

  /**
   * What would come of a text while it is written: the definition as it would be stored, and all
   * problems at their places. Nothing is changed, and a text with errors is an answer like any
   * other; bytes that are no text are refused.
   *
   * @param file the name that problems show
   */
  @PutMapping(
      path = "/actions/preview/yaml",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"},
      produces = MediaType.APPLICATION_JSON_VALUE)
  TextPreview preview(
      Caller caller,
      @RequestBody byte[] text,
      @RequestParam(defaultValue = "workflow.yaml") String file) {
    var reading = one(text, file);
    if (!isText(text)) {
      throw TextProblems.refused(reading);
    }
    if (!reading.isGood()) {
      return new TextPreview(null, null, TextProblems.of(reading.problems()));
    }
    List<SourceProblem> problems;
    try {
      publisher.validate(caller, reading.push());
      problems = warnings(reading);
    } catch (ApiException e) {
      if (e.problems().isEmpty()) {
        throw e;
      }
      problems = reading.located(e.problems());
    }
    return new TextPreview(
        DefinitionWriter.tree(reading.push().workflow()),
        YamlWriter.text(publisher.completed(reading.push())),
        TextProblems.of(problems));
  }

  /** What a person is writing may be wrong in every way, but it is text. */
  private static boolean isText(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes))
          .chars()
          .allMatch(character -> character != 0);
    } catch (CharacterCodingException _) {
      return false;
    }
  }

  private List<SourceProblem> warnings(Reading reading) {
    var warnings = new ArrayList<>(reading.problems());
    warnings.addAll(reading.warned(views.cannotBeDone(reading.push())));
    return warnings;
  }

  private static Reading reading(byte[] text, String file) {
    var reading = one(text, file);
    if (!reading.isGood()) {
      throw TextProblems.refused(reading);
    }
    return reading;
  }

  private static Reading one(byte[] text, String file) {
    var name = file.substring(0, Math.min(file.length(), LONGEST_FILE_NAME));
    var readings = Definitions.readAll(text, name);
    if (readings.size() > 1) {
      throw ApiException.badRequest(
          "several-definitions",
          "expected one definition, found %d; push them one by one".formatted(readings.size()));
    }
    return readings.getFirst();
  }

  private static <T> T located(Reading reading, Function<Reading, T> work) {
    try {
      return work.apply(reading);
    } catch (ApiException e) {
      throw e.problems().isEmpty() ? e : TextProblems.refused(reading, e);
    }
  }

  @ExceptionHandler
  ResponseEntity<TextProblems> refused(TextProblems.Refused e) {
    return ResponseEntity.status(e.httpStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(e.body());
  }

  /** A version with the workflow's properties of now, as text that can be pushed again. */
  @GetMapping(path = "/{workflowId}/versions/{version}/yaml", produces = "application/yaml")
  ResponseEntity<byte[]> yaml(
      Caller caller, @PathVariable String workflowId, @PathVariable String version) {
    var published = queries.version(caller, workflowId, VersionSelector.of(version));
    return ResponseEntity.ok()
        .contentType(YAML)
        .body(YamlWriter.text(push(published)).getBytes(StandardCharsets.UTF_8));
  }

  private PushRequest push(Published published) {
    var version = published.version();
    return new PushRequest(
        published.head().properties().properties(),
        format.workflow(version.definition()),
        true,
        version.gitInfo(),
        version.extraInfo());
  }
}
