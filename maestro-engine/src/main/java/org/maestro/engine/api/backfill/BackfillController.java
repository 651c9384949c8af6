package org.maestro.engine.api.backfill;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.maestro.engine.backfill.BackfillService;
import org.maestro.engine.backfill.BackfillService.Action;
import org.maestro.model.backfill.BackfillBody;
import org.maestro.model.backfill.BackfillPlan;
import org.maestro.model.backfill.BackfillView;
import org.maestro.model.document.ShownAs;
import org.maestro.model.instance.RunStatus;
import org.maestro.model.page.Page;
import org.maestro.service.paging.PageRequest;
import org.maestro.service.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Back-fills: made, listed, read and acted on. */
@RestController
@RequestMapping(path = "/api/v3", produces = MediaType.APPLICATION_JSON_VALUE)
final class BackfillController {
  /** Page size of a list that was asked for without one. */
  private static final long DEFAULT_PAGE = 50;

  private final BackfillService backfills;

  BackfillController(BackfillService backfills) {
    this.backfills = backfills;
  }

  /** Runs a workflow for every value of a range, some at a time. */
  @PostMapping(
      path = "/workflows/{workflowId}/backfills",
      consumes = MediaType.APPLICATION_JSON_VALUE)
  @ShownAs({BackfillView.class, BackfillPlan.class})
  ResponseEntity<Object> create(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
      @RequestBody @ShownAs(BackfillBody.class) Map<String, Object> body) {
    return dryRun
        ? ResponseEntity.ok(backfills.dryRun(caller, workflowId, body))
        : ResponseEntity.status(HttpStatus.CREATED)
            .body(backfills.create(caller, workflowId, body));
  }

  /** The back-fills of a workflow, newest first. */
  @GetMapping("/workflows/{workflowId}/backfills")
  Page<BackfillView> list(
      Caller caller,
      @PathVariable String workflowId,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return backfills.list(caller, workflowId, page(first, last, cursor));
  }

  private static PageRequest page(
      @Nullable Long first, @Nullable Long last, @Nullable String cursor) {
    return PageRequest.of(
        first == null && last == null ? (Long) DEFAULT_PAGE : first, last, cursor);
  }

  /** A back-fill, with some of its failures. */
  @GetMapping("/backfills/{id}")
  BackfillView get(Caller caller, @PathVariable String id) {
    return backfills.get(caller, id);
  }

  /** The values of a back-fill and what became of them, in the order of running. Forward only. */
  @GetMapping("/backfills/{id}/runs")
  Page<BackfillView.ValueRun> runs(
      Caller caller,
      @PathVariable String id,
      @RequestParam(required = false) @Nullable RunStatus status,
      @RequestParam(required = false) @Nullable Long first,
      @RequestParam(required = false) @Nullable Long last,
      @RequestParam(required = false) @Nullable String cursor) {
    return backfills.runs(caller, id, status, page(first, last, cursor));
  }

  /** Acts on a back-fill; {@code end_runs} counts for stop only. */
  @PutMapping("/backfills/{id}/actions/{action:pause|resume|stop|restart-failed}")
  BackfillView act(
      Caller caller,
      @PathVariable String id,
      @PathVariable String action,
      @RequestParam(name = "end_runs", defaultValue = "false") boolean endRuns) {
    return backfills.act(
        caller, id, Action.valueOf(action.toUpperCase(Locale.ROOT).replace('-', '_')), endRuns);
  }
}
