// Made from openapi.json by `npm run types`.
export interface paths {
    "/api/v3/backfills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A back-fill, with some of its failures
         * @description A back-fill, with some of its failures.
         */
        get: operations["backfillGet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/backfills/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Acts on a back-fill; `end_runs` counts for stop only
         * @description Acts on a back-fill; `end_runs` counts for stop only.
         */
        put: operations["backfillAct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/backfills/{id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The values of a back-fill and what became of them, in the order of running
         * @description The values of a back-fill and what became of them, in the order of running. Forward only.
         */
        get: operations["backfillRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What could not be read or handled, newest first
         * @description What could not be read or handled, newest first.
         */
        get: operations["deadLetterList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/dead-letters/{id}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a dead letter once more, or throws it away
         * @description Tries a dead letter once more, or throws it away.
         */
        post: operations["deadLetterAct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/engine-dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests that could not be dealt with, oldest first
         * @description Requests that could not be dealt with, oldest first.
         */
        get: operations["engineDeadLetterList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/engine-dead-letters/{id}/actions/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Throws it away
         * @description Throws it away.
         */
        post: operations["engineDeadLetterDiscard"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/engine-dead-letters/{id}/actions/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends it once more
         * @description Sends it once more.
         */
        post: operations["engineDeadLetterReplay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which build the service is, and which time-zone rules it goes by
         * @description Which build the service is, and which time-zone rules it goes by.
         */
        get: operations["infoInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Instances of all workflows, newest first; each as its latest run
         * @description Instances of all workflows, newest first; each as its latest run.
         */
        get: operations["instanceSearch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/lineage/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of an instance, or what it came of
         * @description What came of an instance, or what it came of.
         */
        get: operations["lineageOfRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/lineage/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a signal, or what it came of
         * @description What came of a signal, or what it came of.
         */
        get: operations["lineageOfSignal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/lineage/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What came of a workflow, or what it came of
         * @description What came of a workflow, or what it came of.
         */
        get: operations["lineageOfWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This document: all routes of all services, whichever is asked
         * @description This document: all routes of all services, whichever is asked. It has an ETag: with `If-None-Match`, 304 says that it is the one that is known.
         */
        get: operations["apiDocumentDocument"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/parked-requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Requests that could not be dealt with, oldest first
         * @deprecated
         * @description Requests that could not be dealt with, oldest first.
         */
        get: operations["engineDeadLetterListFormerly"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/parked-requests/{id}/actions/discard": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Throws it away
         * @deprecated
         * @description Throws it away.
         */
        post: operations["engineDeadLetterDiscardFormerly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/parked-requests/{id}/actions/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends it once more
         * @deprecated
         * @description Sends it once more.
         */
        post: operations["engineDeadLetterReplayFormerly"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/schema/workflow-yaml.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of a definition in YAML
         * @description The JSON Schema of a definition in YAML.
         */
        get: operations["schemaYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/schema/workflow.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The JSON Schema of a definition in JSON
         * @description The JSON Schema of a definition in JSON.
         */
        get: operations["schemaJson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The names under which something was announced; or one of them
         * @description The names under which something was announced; or one of them.
         */
        get: operations["signalNames"];
        put?: never;
        /**
         * Announces a signal; the same request id twice is refused the second time
         * @description Announces a signal; the same request id twice is refused the second time.
         */
        post: operations["signalAnnounce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/cloudevents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Announces a CloudEvent as a signal, in structured or binary mode
         * @description Announces a CloudEvent as a signal, in structured or binary mode. One that was there before is answered with 200.
         */
        post: operations["cloudEventAnnounce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signals of a name, newest first
         * @description The signals of a name, newest first.
         */
        get: operations["signalReadInstancesByQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/instances/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest signal of a name, with what it fed
         * @description The newest signal of a name, with what it fed.
         */
        get: operations["signalReadLatestByQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/instances/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A signal by its number, with what it fed
         * @description A signal by its number, with what it fed.
         */
        get: operations["signalReadInstanceByQuery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/{name}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The signals of a name, newest first
         * @description The signals of a name, newest first.
         */
        get: operations["signalReadInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/{name}/instances/latest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest signal of a name, with what it fed
         * @description The newest signal of a name, with what it fed.
         */
        get: operations["signalReadLatest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/signals/{name}/instances/{number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A signal by its number, with what it fed
         * @description A signal by its number, with what it fed.
         */
        get: operations["signalReadInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which instances and loops have changed on this node, at most twice a second each, as events with `[{type, key, version}]`: `instance` and `workflow#number`, `loop` and the id of the iterations' workflow, or `all`, if it can't be told which
         * @description Which instances and loops have changed on this node, at most twice a second each, as events with `[{type, key, version}]`: `instance` and `workflow#number`, `loop` and the id of the iterations' workflow, or `all`, if it can't be told which. Says nothing of what they are now: ask for that. A comment comes every 15 seconds when nothing changes. `Last-Event-ID` resumes behind that event; `closing` says that this server stops. Other nodes have streams of their own, so ask now and then without having been told, too.
         */
        get: operations["liveStream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/tag-permits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All limits, or the one of a tag
         * @description All limits, or the one of a tag.
         */
        get: operations["tagPermitList"];
        put?: never;
        /**
         * Sets a limit
         * @description Sets a limit. What an answer has beyond the tag and the limit may be sent back: the members of `extra_info` count as any other member, and the timeline is the server's.
         */
        post: operations["tagPermitSet"];
        /**
         * As the path, for tags that are dots only: nobody lets those be a path
         * @description As the path, for tags that are dots only: nobody lets those be a path.
         */
        delete: operations["tagPermitDeleteNamed"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/tag-permits/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The limit of a tag
         * @description The limit of a tag.
         */
        get: operations["tagPermitGet"];
        put?: never;
        post?: never;
        /**
         * Removes the limit of a tag
         * @description Removes the limit of a tag.
         */
        delete: operations["tagPermitDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/triggers/time": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The time triggers of all workflows
         * @description The time triggers of all workflows.
         */
        get: operations["timeTriggerList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/triggers/time/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * When a time trigger would fire, were it part of a workflow
         * @description When a time trigger would fire, were it part of a workflow. The caller is only required to be somebody.
         */
        post: operations["timeTriggerPreview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workflows, by id
         * @description Workflows, by id.
         */
        get: operations["workflowList"];
        put?: never;
        /**
         * Publishes a version
         * @description Publishes a version. Activates it unless `is_active` is false.
         */
        post: operations["definitionPush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/actions/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Warnings are part of the answer's message
         * @description Warnings are part of the answer's message.
         */
        put: operations["definitionValidate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/actions/validate/yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * As a check in JSON; warnings are part of the answer's message
         * @description As a check in JSON; warnings are part of the answer's message.
         */
        put: operations["yamlValidate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/instances/action-map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be done to a run, by its status
         * @description What can be done to a run, by its status.
         */
        get: operations["instanceActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/steps/breakpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The breakpoints of a workflow
         * @description The breakpoints of a workflow.
         */
        get: operations["breakpointList"];
        put?: never;
        /**
         * Sets a breakpoint: attempts of the step are held before they start
         * @description Sets a breakpoint: attempts of the step are held before they start.
         */
        post: operations["breakpointSet"];
        /**
         * Removes a breakpoint
         * @description Removes a breakpoint.
         */
        delete: operations["breakpointDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/steps/breakpoints/paused-step-attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The step attempts that a breakpoint holds
         * @description The step attempts that a breakpoint holds.
         */
        get: operations["breakpointPaused"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/steps/breakpoints/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}/actions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets one step attempt go on; the breakpoint stays
         * @description Lets one step attempt go on; the breakpoint stays.
         */
        put: operations["breakpointResume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/steps/instances/action-map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What can be done to a step attempt, by its status
         * @description What can be done to a step attempt, by its status.
         */
        get: operations["stepActions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * As a push in JSON
         * @description As a push in JSON.
         */
        post: operations["yamlPush"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Deletes a workflow with all of its versions and instances
         * @description Deletes a workflow with all of its versions and instances. They go little by little.
         */
        delete: operations["workflowDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Leaves no version active: triggers start nothing any more
         * @description Leaves no version active: triggers start nothing any more.
         */
        put: operations["workflowDeactivate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/kill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Ends all instances that have not ended as FAILED
         * @description Ends all instances that have not ended as FAILED.
         */
        put: operations["startKillAll"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets no instance start until the workflow is resumed
         * @description Lets no instance start until the workflow is resumed.
         */
        put: operations["workflowPause"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets instances start again
         * @description Lets instances start again.
         */
        put: operations["workflowResume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stops all instances that have not ended
         * @description Stops all instances that have not ended.
         */
        put: operations["startStopAll"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/actions/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets instances start that wait behind failed ones
         * @description Lets instances start that wait behind failed ones.
         */
        put: operations["startUnblockAll"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The back-fills of a workflow, newest first
         * @description The back-fills of a workflow, newest first.
         */
        get: operations["backfillList"];
        put?: never;
        /**
         * Runs a workflow for every value of a range, some at a time
         * @description Runs a workflow for every value of a range, some at a time.
         */
        post: operations["backfillCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The instances of a workflow, newest first; each as its latest run
         * @description The instances of a workflow, newest first; each as its latest run.
         */
        get: operations["instanceList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An instance, as its latest run
         * @description An instance, as its latest run.
         */
        get: operations["instanceInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/actions/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs an instance again, as a new run
         * @description Runs an instance again, as a new run. By default only what has not succeeded.
         */
        post: operations["startRestart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stops, kills or unblocks an instance's latest run
         * @description Stops, kills or unblocks an instance's latest run.
         */
        put: operations["startAct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The runs of an instance, newest first
         * @description The runs of an instance, newest first.
         */
        get: operations["instanceRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{runId}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * As on the instance, if it is its latest run
         * @description As on the instance, if it is its latest run.
         */
        put: operations["startActOnRun"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A piece of what a step attempt printed
         * @description A piece of what a step attempt printed. The next one begins at `next_offset`.
         */
        get: operations["logRead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{runId}/steps/{stepId}/attempts/{attemptId}/logs/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events with `{offset, text}`, a comment every 15 seconds when nothing is printed, and an `end` event when the attempt has ended
         * @description Events with `{offset, text}`, a comment every 15 seconds when nothing is printed, and an `end` event when the attempt has ended. `Last-Event-ID` resumes behind that event, which is what to do after a `closing` event: this server stops.
         */
        get: operations["logFollow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A run of an instance
         * @description A run of an instance.
         */
        get: operations["instanceRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The steps of a run that have been reached: the latest attempt of each
         * @description The steps of a run that have been reached: the latest attempt of each.
         */
        get: operations["stepSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/attempts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The attempts of a step in a run, oldest first
         * @description The attempts of a step in a run, oldest first.
         */
        get: operations["stepAttempts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/attempts/{attempt}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An attempt of a step
         * @description An attempt of a step.
         */
        get: operations["stepAttempt"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The iterations of a loop, by number; the cursor is the number of an iteration
         * @description The iterations of a loop, by number; the cursor is the number of an iteration.
         */
        get: operations["loopIterations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Restarts, stops or kills many iterations at once
         * @description Restarts, stops or kills many iterations at once.
         */
        post: operations["loopAct"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Failed iterations by what went wrong, most frequent first
         * @description Failed iterations by what went wrong, most frequent first.
         */
        get: operations["loopFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/nested": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The iterations of a foreach step within this one, over all iterations of this one
         * @description The iterations of a foreach step within this one, over all iterations of this one.
         */
        get: operations["loopNested"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/strip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole loop in pieces of equal size, for a picture of it
         * @description The whole loop in pieces of equal size, for a picture of it.
         */
        get: operations["loopStrip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A loop in numbers
         * @description A loop in numbers.
         */
        get: operations["loopSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/iterations/{index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One iteration with the steps that it stands in, innermost first
         * @description One iteration with the steps that it stands in, innermost first.
         */
        get: operations["loopIteration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/steps/{stepId}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a step is not running
         * @description Why a step is not running.
         */
        get: operations["whyStep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/runs/{run}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why a run is not running
         * @description Why a run is not running.
         */
        get: operations["whyRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/steps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The steps of an instance over all its runs: the latest attempt of each
         * @description The steps of an instance over all its runs: the latest attempt of each.
         */
        get: operations["stepLatestSteps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/steps/{stepId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A step of an instance over all its runs: its latest attempt
         * @description A step of an instance over all its runs: its latest attempt.
         */
        get: operations["stepLatestStep"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/steps/{stepId}/actions/restart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a step again, and what follows it, as a new run; or as a new attempt while its run goes on
         * @description Runs a step again, and what follows it, as a new run; or as a new attempt while its run goes on.
         */
        post: operations["stepActionRestart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/steps/{stepId}/actions/{action}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stops, kills, skips or bypasses a step of an instance's latest run
         * @description Stops, kills, skips or bypasses a step of an instance's latest run.
         */
        put: operations["stepActionAct"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/instances/{instanceId}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Why an instance's latest run is not running
         * @description Why an instance's latest run is not running.
         */
        get: operations["whyInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A workflow with its instances in numbers
         * @description A workflow with its instances in numbers.
         */
        get: operations["workflowOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/properties": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the properties that are given and leaves the others
         * @description Changes the properties that are given and leaves the others. Tags have routes of their own.
         */
        post: operations["workflowChangeProperties"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/properties-snapshot/{snapshot}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The properties of a workflow, as they are or as they were
         * @description The properties of a workflow, as they are or as they were.
         */
        get: operations["workflowSnapshot"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/properties/tag": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a tag to the properties
         * @description Adds a tag to the properties.
         */
        post: operations["workflowAddTag"];
        /**
         * As deleteTag, for tags that cannot be part of a path, such as `a/b`
         * @description As deleteTag, for tags that cannot be part of a path, such as `a/b`.
         */
        delete: operations["workflowDeleteTagByQuery"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/properties/tag/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes a tag from the properties
         * @description Removes a tag from the properties.
         */
        delete: operations["workflowDeleteTag"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happened to a workflow, oldest first
         * @description What happened to a workflow, oldest first.
         */
        get: operations["workflowTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/triggers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The time triggers of a workflow, and how they stand
         * @description The time triggers of a workflow, and how they stand.
         */
        get: operations["timeTriggerOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/triggers/time/actions/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets the clock start a workflow no more
         * @description Lets the clock start a workflow no more.
         */
        put: operations["timeTriggerPause"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/triggers/time/actions/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Lets the clock start a workflow again
         * @description Lets the clock start a workflow again.
         */
        put: operations["timeTriggerResume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/triggers/time/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * When a workflow will be started by the clock, over all of its time triggers
         * @description When a workflow will be started by the clock, over all of its time triggers.
         */
        get: operations["timeTriggerNext"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/versions/pagination": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The versions of a workflow, newest first
         * @description The versions of a workflow, newest first.
         */
        get: operations["definitionVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version with the properties of the workflow as they are now
         * @description A version with the properties of the workflow as they are now.
         */
        get: operations["definitionVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/versions/{version}/actions/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Makes a version the one that triggers start
         * @description Makes a version the one that triggers start.
         */
        put: operations["workflowActivate"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/versions/{version}/actions/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Starts an instance
         * @description Starts an instance. The same `request_id` again gives the same instance, as DUPLICATED.
         */
        post: operations["startStart"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v3/workflows/{workflowId}/versions/{version}/yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A version with the workflow's properties of now, as text that can be pushed again
         * @description A version with the workflow's properties of now, as text that can be pushed again.
         */
        get: operations["yamlYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description An instance over all its runs so far: each step as the last run that created it left it. */
        AggregatedInfo: {
            /** @description Where the instance stands. */
            workflow_instance_status: components["schemas"]["RunStatus"];
            /** @description By step id. */
            step_aggregated_views: {
                [key: string]: components["schemas"]["AggregatedInfoStepAggregate"];
            };
        };
        /** @description One step, in the run that created it last. Times are epoch milliseconds. */
        AggregatedInfoStepAggregate: {
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description Where it stands. */
            status: components["schemas"]["StepStatus"];
            /**
             * Format: int64
             * @description When it began, in epoch milliseconds.
             */
            start_time?: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
        };
        /** @description What a back-fill is asked with. Exactly one of `days`, `hours`, `cron` and `values` says what it goes over. */
        BackfillBody: {
            /** @description Number, `active` (if left out), `latest` or `default`. */
            version?: string;
            /** @description Every so many days. */
            days?: components["schemas"]["BackfillBodyRange"];
            /** @description Every so many hours. */
            hours?: components["schemas"]["BackfillBodyRange"];
            /** @description The times at which a cron fires. */
            cron?: components["schemas"]["BackfillBodyCron"];
            /** @description Texts, numbers or booleans, at most 10,000, each once. */
            values?: unknown[];
            /** @description Of the clock that the range is of; that of the workflow's first time trigger, or UTC, if left out. */
            zone?: string;
            /** @description The run param that gets each value; `RUN_TS` for times, if left out. */
            param?: string;
            /** @description Which values run first: oldest_first (if left out) or newest_first. */
            order?: string;
            /**
             * Format: int64
             * @description How many run at a time, 1 to 1,000; 1 if left out.
             */
            concurrency?: number;
            /** @description Parameters of all of its runs. */
            run_params?: components["schemas"]["GivenParams"];
            /** @description Which values are left out because they have been run before: none (if left out), succeeded or started. */
            skip?: string;
            /** @description How many values may fail before it pauses and says so: all (if left out), a number, or a percentage of them such as `10%`. */
            max_failures?: unknown;
        };
        /** @description The times of a cron. */
        BackfillBodyCron: {
            /** @description Such as `0 6 * * *`. */
            expression: string;
            /** @description The first time, written as in days and hours. */
            from: string;
            /** @description The last time; a day lasts until its end. */
            to: string;
        };
        /** @description Days or hours. */
        BackfillBodyRange: {
            /** @description The first one: 20210131, 2021-01-31, 2021013106 or 2021-01-31T06:00. */
            from: string;
            /** @description The last one, written likewise; it is part of the range. */
            to: string;
            /**
             * Format: int64
             * @description Every so many; 1 if left out.
             */
            step?: number;
        };
        /**
         * @description Which value of a back-fill is run first.
         * @enum {string}
         */
        BackfillOrder: "OLDEST_FIRST" | "NEWEST_FIRST";
        /** @description What a back-fill would do. */
        BackfillPlan: {
            /** @description True. */
            dry_run: boolean;
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description As it was asked for. */
            version: string;
            /** @description The run param that would get each value. */
            param: string;
            /** @description Which values would run first. */
            order: components["schemas"]["BackfillOrder"];
            /** @description What it would go over. */
            range: components["schemas"]["BackfillRange"];
            /**
             * Format: int64
             * @description How many values would be run.
             */
            total: number;
            /**
             * Format: int64
             * @description How many would be left out because they have been run before.
             */
            skipped: number;
            /** @description Those that would be run first, at most three. */
            first_values: string[];
            /** @description Those that would be run last, at most three. */
            last_values: string[];
            /** @description Which of the range have been run before. */
            already_ran: components["schemas"]["BackfillPlanSeen"];
            /**
             * Format: int64
             * @description How many were asked to run at a time.
             */
            concurrency: number;
            /**
             * Format: int64
             * @description How many the workflow's run strategy lets run at a time.
             */
            concurrency_in_force: number;
            /**
             * Format: int64
             * @description How many values might fail before no more were started; absent if all might.
             */
            max_failures?: number;
        };
        /** @description Which values of a range have been run before. */
        BackfillPlanSeen: {
            /**
             * Format: int64
             * @description How many have succeeded.
             */
            succeeded: number;
            /**
             * Format: int64
             * @description How many have been started, however that ended.
             */
            started: number;
            /**
             * Format: int64
             * @description How many instances were looked at.
             */
            instances_looked_at: number;
            /** @description Whether those were all. */
            all_instances_looked_at: boolean;
        };
        /** @description What a back-fill goes over. Both ends of a range belong to it. */
        BackfillRange: components["schemas"]["BackfillRangeDays"] | components["schemas"]["BackfillRangeHours"] | components["schemas"]["BackfillRangeCron"] | components["schemas"]["BackfillRangeListed"];
        /** @description The times at which a cron fires. */
        BackfillRangeCron: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            of: "cron";
            /** @description The cron. */
            expression: string;
            /** @description Where it begins. */
            from: components["schemas"]["LocalDateTime"];
            /** @description Where it ends. */
            to: components["schemas"]["LocalDateTime"];
            /** @description The time zone of its clock. */
            zone: components["schemas"]["ZoneId"];
        };
        /** @description Every `step`th day. */
        BackfillRangeDays: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            of: "days";
            /** @description Where it begins. */
            from: components["schemas"]["LocalDate"];
            /** @description Where it ends. */
            to: components["schemas"]["LocalDate"];
            /**
             * Format: int64
             * @description Every so many.
             */
            step: number;
            /** @description The time zone of its clock. */
            zone: components["schemas"]["ZoneId"];
        };
        /** @description Every `step`th hour that its clock shows, as time passes: one that it shows twice is two, one that it skips is none. */
        BackfillRangeHours: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            of: "hours";
            /** @description Where it begins. */
            from: components["schemas"]["LocalDateTime"];
            /** @description Where it ends. */
            to: components["schemas"]["LocalDateTime"];
            /**
             * Format: int64
             * @description Every so many.
             */
            step: number;
            /** @description The time zone of its clock. */
            zone: components["schemas"]["ZoneId"];
        };
        /** @description Values that somebody has written down. */
        BackfillRangeListed: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            of: "values";
            /** @description The values, as they are written. */
            values: string[];
        };
        /**
         * @description How a back-fill stands.
         *     - `RUNNING`: Starts runs while there is room.
         *     - `PAUSED`: Starts nothing until it is resumed; its runs go on.
         *     - `STOPPED`: Given up; can be resumed where it was.
         *     - `COMPLETED`: Every value has been run, and every run has ended.
         * @enum {string}
         */
        BackfillStatus: "RUNNING" | "PAUSED" | "STOPPED" | "COMPLETED";
        /** @description A back-fill as REST shows it. Times are epoch milliseconds. */
        BackfillView: {
            /** @description Its id. */
            id: string;
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description As it was asked for. */
            version: string;
            /** @description Where it stands. */
            status: components["schemas"]["BackfillStatus"];
            /** @description Why it paused by itself; absent if it did not. */
            problem?: string;
            /** @description Who made it. */
            created_by: string;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description When it last changed, in epoch milliseconds.
             */
            modify_time: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
            /** @description What it goes over. */
            range: components["schemas"]["BackfillRange"];
            /** @description The run param that gets each value. */
            param: string;
            /** @description Which values run first. */
            order: components["schemas"]["BackfillOrder"];
            /**
             * Format: int64
             * @description How many of its runs there may be at a time.
             */
            concurrency: number;
            /** @description How many values may fail before it pauses: all, a number or a percentage, as it was asked for; absent for all. */
            max_failures?: string;
            /** @description Parameters of all of its runs. */
            run_params: {
                [key: string]: components["schemas"]["Param"];
            };
            /** @description The one that is run first. */
            first_value?: string;
            /** @description The one that is run last. */
            last_value?: string;
            /** @description How its values stand. */
            counts: components["schemas"]["BackfillViewCounts"];
            /**
             * Format: double
             * @description How fast it goes.
             */
            runs_per_second: number;
            /**
             * Format: int64
             * @description When it will have ended if it goes on as lately; absent while nobody can say.
             */
            eta_millis?: number;
            /** @description Some of the runs that did not succeed; absent in lists. */
            failures?: components["schemas"]["BackfillViewValueRun"][];
        };
        /** @description How its values stand. */
        BackfillViewCounts: {
            /**
             * Format: int64
             * @description How many it has.
             */
            total: number;
            /**
             * Format: int64
             * @description Left out because they had been run before; not part of the total.
             */
            skipped: number;
            /**
             * Format: int64
             * @description Not started yet, or to be restarted.
             */
            waiting: number;
            /**
             * Format: int64
             * @description Accepted and not ended.
             */
            running: number;
            /**
             * Format: int64
             * @description Ended well.
             */
            succeeded: number;
            /**
             * Format: int64
             * @description Ended FAILED.
             */
            failed: number;
            /**
             * Format: int64
             * @description Ended TIMED_OUT.
             */
            timed_out: number;
            /**
             * Format: int64
             * @description Ended STOPPED.
             */
            stopped: number;
        };
        /** @description A value and what became of it. */
        BackfillViewValueRun: {
            /**
             * Format: int64
             * @description Its place in the order of running, from 0.
             */
            number: number;
            /** @description As the run gets it. */
            value: string;
            /** @description Null if it has no run yet. */
            status?: components["schemas"]["RunStatus"];
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id?: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id?: number;
        };
        /** @description Where a breakpoint is to be: it holds for all versions and runs. */
        BreakpointBody: {
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description The step's id. */
            step_id: string;
        };
        /** @description Whether an action on the time triggers of a workflow has changed anything. */
        ClockAnswer: {
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description Whether the clock may not start it. */
            paused: boolean;
            /** @description Whether anything is different now. */
            changed: boolean;
        };
        /** @description A CloudEvent 1.0 in structured mode. In binary mode the attributes are headers, `ce-type` and so on, and the body is the data. */
        CloudEventBody: {
            /** @description 1.0. */
            specversion: string;
            /** @description The signal's name, unless the service is told otherwise. */
            type: string;
            /** @description Together with the source it is what the event is known by. */
            id: string;
            /** @description Where it happened. */
            source: string;
            /** @description What it is about. */
            subject?: string;
            /** @description When, as RFC 3339 has it. */
            time?: string;
            /** @description The content type of the data. */
            datacontenttype?: string;
            /** @description Where the schema of the data is. */
            dataschema?: string;
            /** @description Any JSON. */
            data?: unknown;
        };
        /** @description A message that could not be dealt with: a request, a command that no run could be given, or something that the broker would not take. */
        DeadLetter: {
            /** @description Its id. */
            id: string;
            /** @description Where it is sent when it is replayed. */
            topic: string;
            /** @description What it is about: a workflow's id, for a request. */
            key: string;
            /** @description Its text as it came. */
            body: string;
            /** @description What went wrong. */
            reason: string;
            /**
             * Format: int64
             * @description When it was parked, in epoch milliseconds.
             */
            create_time: number;
        };
        /**
         * @description What a dead letter of the signal service is about, and so what replaying it means.
         *     - `MESSAGE`: A message; replaying sends it to its topic again.
         *     - `MATCH`: A match whose expressions failed; replaying evaluates them again.
         *     - `SIGNAL`: A signal that could not be offered to triggers and gates; replaying offers it again.
         * @enum {string}
         */
        DeadLetterKind: "MESSAGE" | "MATCH" | "SIGNAL";
        /** @description A dead letter of the signal service as clients see it. */
        DeadLetterView: {
            /** @description Its id. */
            id: string;
            /** @description What it is. */
            kind: components["schemas"]["DeadLetterKind"];
            /** @description Where it came from; for what is no message, what it is about. */
            topic: string;
            /** @description Of the message; for what is no message, its id. */
            key: string;
            /** @description Why. */
            reason: string;
            /** @description Its beginning, at most 10,000 bytes: text, or base64 if it is none. */
            body: string;
            /** @description `utf-8` or `base64`. */
            body_encoding: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            create_time: number;
        };
        /** @description Seconds between tries. */
        DefinitionBackoff: {
            type: ("EXPONENTIAL_BACKOFF" | "FIXED_BACKOFF") | string;
            error_retry_backoff_in_secs?: number | string;
            error_retry_exponent?: number | string;
            error_retry_limit_in_secs?: number | string;
            platform_retry_backoff_in_secs?: number | string;
            platform_retry_exponent?: number | string;
            platform_retry_limit_in_secs?: number | string;
            timeout_retry_backoff_in_secs?: number | string;
            timeout_retry_exponent?: number | string;
            timeout_retry_limit_in_secs?: number | string;
        };
        /** @description Where the definition lives. */
        DefinitionGitInfo: {
            origin?: string;
            branch?: string;
            sha?: string;
            path?: string;
            author?: string;
            timestamp?: string | number;
            uncommitted_changes?: boolean;
        };
        /**
         * @description Who owns the workflow. Needed at its first push.
         * @example data-platform
         */
        DefinitionOwner: string | {
            name: string;
        };
        DefinitionParam: {
            /** @description The type of the value or result. */
            type: ("STRING" | "LONG" | "DOUBLE" | "BOOLEAN" | "STRING_ARRAY" | "LONG_ARRAY" | "DOUBLE_ARRAY" | "BOOLEAN_ARRAY" | "STRING_MAP" | "MAP") | string;
            /** @description A literal. ${name} in text is replaced. */
            value?: unknown;
            /** @description A SEL expression, instead of a value. */
            expression?: string;
            /** @description Who may still change it. */
            mode?: ("MUTABLE" | "MUTABLE_ON_START_RESTART" | "MUTABLE_ON_START" | "IMMUTABLE" | "CONSTANT") | string;
            /**
             * @description A SEL condition over param.
             * @example param > 0
             */
            validator?: string;
            /** @description Labels. A tag may be a permit that limits what runs at once. */
            tags?: components["schemas"]["DefinitionTag"][];
        };
        /** @description One thing that is wrong with a document. */
        DefinitionProblem: {
            /** @description RFC 6901 pointer into the document. */
            pointer: string;
            /** @description What was expected, what was found, what to do. */
            message: string;
            /** @description The spelling that was probably meant. */
            suggestion?: string;
        };
        /** @description What belongs to the workflow over all its versions. */
        DefinitionProperties: {
            owner?: components["schemas"]["DefinitionOwner"];
            /** @description Who but the owner and administrators may do what. */
            access_control?: {
                /** @description Who else may start it; * is everybody. */
                start?: string[];
                /** @description Whose signals it takes besides its owner's; else everybody's. */
                announce?: string[];
            };
            run_strategy?: components["schemas"]["DefinitionRunStrategy"];
            /**
             * @description How many steps of all instances together may run at once.
             * @default 20
             */
            step_concurrency: number;
            /** @description Whom to tell about what. */
            alerting?: Record<string, never>;
            alerting_disabled?: boolean;
            signal_trigger_disabled?: boolean;
            time_trigger_disabled?: boolean;
            /** @description What it is for. Shown in the user interface. */
            description?: string;
            /** @description Labels. A tag may be a permit that limits what runs at once. */
            tags?: components["schemas"]["DefinitionTag"][];
        };
        DefinitionRetryPolicy: {
            /** @description Retries after errors of the job. */
            error_retry_limit?: number | string;
            /** @description Retries after errors of the platform. */
            platform_retry_limit?: number | string;
            /** @description Retries after time-outs. */
            timeout_retry_limit?: number | string;
            backoff?: components["schemas"]["DefinitionBackoff"];
        };
        /**
         * @description Which instances may run at the same time: one after the other (sequential), at most so many (parallel, or the number alone), the first or the last only.
         * @default SEQUENTIAL
         */
        DefinitionRunStrategy: (("SEQUENTIAL" | "STRICT_SEQUENTIAL" | "FIRST_ONLY" | "LAST_ONLY" | "PARALLEL" | "SERIAL_LATEST_ONLY") | string) | number | {
            rule: ("SEQUENTIAL" | "STRICT_SEQUENTIAL" | "FIRST_ONLY" | "LAST_ONLY" | "PARALLEL" | "SERIAL_LATEST_ONLY") | string;
            workflow_concurrency?: number;
        };
        DefinitionSignalDependency: {
            name: string;
            match_params?: {
                [key: string]: {
                    param: components["schemas"]["DefinitionParam"];
                    /** @default = */
                    operator: ("=" | ">" | ">=" | "<" | "<=") | string;
                };
            };
        };
        DefinitionSignalMatch: {
            match_params?: {
                [key: string]: {
                    value: unknown;
                    /** @default = */
                    operator: ("=" | ">" | ">=" | "<" | "<=") | string;
                };
            };
            /** @description Parameters that all signals must share. */
            join_keys?: string[];
        };
        DefinitionSignalOutput: {
            name: string;
            params?: {
                [key: string]: components["schemas"]["DefinitionParam"];
            };
            /** @description Anything, for whoever reads the signal. */
            payload?: unknown;
        };
        DefinitionSignalTrigger: {
            definitions: {
                [key: string]: components["schemas"]["DefinitionSignalMatch"] | unknown;
            };
            params?: {
                [key: string]: components["schemas"]["DefinitionParam"];
            };
            /** @description A SEL condition over the signals' parameters. */
            condition?: string;
            /** @description A SEL expression; equal results start once. */
            dedup_expr?: string;
        };
        DefinitionStep: {
            step: {
                /**
                 * @description Names the step: letters, digits, _ . and -, at most 128 characters.
                 * @example load-orders
                 */
                id: string;
                /** @description A name for people, at most 256 characters. */
                name?: string;
                /** @description What it is for. Shown in the user interface. */
                description?: string;
                /** @description Labels. A tag may be a permit that limits what runs at once. */
                tags?: components["schemas"]["DefinitionTag"][];
                /**
                 * @description What its final failure does to the run: stop it, end it once all else has ended, or nothing.
                 * @default FAIL_AFTER_RUNNING
                 */
                failure_mode: ("FAIL_IMMEDIATELY" | "FAIL_AFTER_RUNNING" | "IGNORE_FAILURE") | string;
                /**
                 * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
                 * @default 10 days
                 * @example 2h
                 * @example 600
                 * @example ${limit}min
                 */
                timeout: number | string;
                signal_dependencies?: components["schemas"]["DefinitionSignalDependency"][];
                signal_outputs?: components["schemas"]["DefinitionSignalOutput"][];
                params?: {
                    [key: string]: components["schemas"]["DefinitionParam"];
                };
                transition?: components["schemas"]["DefinitionTransition"];
                /** @description What runs. */
                type: ("NoOp" | "Sleep" | "Http" | "Shell" | "Python" | "Jar" | "Docker" | "Kubernetes" | "Notebook" | "Titus" | "SQL" | "Spark") | string;
                /** @description The name of a job template. */
                sub_type?: string;
                /**
                 * @description The version of the job template.
                 * @default default
                 */
                sub_type_version: string | number;
                retry_policy?: components["schemas"]["DefinitionRetryPolicy"];
            };
        } | {
            subworkflow: {
                /**
                 * @description Names the step: letters, digits, _ . and -, at most 128 characters.
                 * @example load-orders
                 */
                id: string;
                /** @description A name for people, at most 256 characters. */
                name?: string;
                /** @description What it is for. Shown in the user interface. */
                description?: string;
                /** @description Labels. A tag may be a permit that limits what runs at once. */
                tags?: components["schemas"]["DefinitionTag"][];
                /**
                 * @description What its final failure does to the run: stop it, end it once all else has ended, or nothing.
                 * @default FAIL_AFTER_RUNNING
                 */
                failure_mode: ("FAIL_IMMEDIATELY" | "FAIL_AFTER_RUNNING" | "IGNORE_FAILURE") | string;
                /**
                 * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
                 * @default 10 days
                 * @example 2h
                 * @example 600
                 * @example ${limit}min
                 */
                timeout: number | string;
                signal_dependencies?: components["schemas"]["DefinitionSignalDependency"][];
                signal_outputs?: components["schemas"]["DefinitionSignalOutput"][];
                params?: {
                    [key: string]: components["schemas"]["DefinitionParam"];
                };
                transition?: components["schemas"]["DefinitionTransition"];
                /**
                 * @description Whether the step waits for the instance that it starts.
                 * @default true
                 */
                sync: boolean;
                /**
                 * @description Whether only the step's own parameters are handed on, not all of the workflow's.
                 * @default false
                 */
                explicit_params: boolean;
            };
        } | {
            foreach: {
                /**
                 * @description Names the step: letters, digits, _ . and -, at most 128 characters.
                 * @example load-orders
                 */
                id: string;
                /** @description A name for people, at most 256 characters. */
                name?: string;
                /** @description What it is for. Shown in the user interface. */
                description?: string;
                /** @description Labels. A tag may be a permit that limits what runs at once. */
                tags?: components["schemas"]["DefinitionTag"][];
                /**
                 * @description What its final failure does to the run: stop it, end it once all else has ended, or nothing.
                 * @default FAIL_AFTER_RUNNING
                 */
                failure_mode: ("FAIL_IMMEDIATELY" | "FAIL_AFTER_RUNNING" | "IGNORE_FAILURE") | string;
                /**
                 * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
                 * @default 10 days
                 * @example 2h
                 * @example 600
                 * @example ${limit}min
                 */
                timeout: number | string;
                signal_dependencies?: components["schemas"]["DefinitionSignalDependency"][];
                signal_outputs?: components["schemas"]["DefinitionSignalOutput"][];
                params?: {
                    [key: string]: components["schemas"]["DefinitionParam"];
                };
                transition?: components["schemas"]["DefinitionTransition"];
                /**
                 * @description How many iterations may run at once.
                 * @default 100
                 */
                concurrency: number;
                /**
                 * @description Whether running iterations may be at most concurrency apart.
                 * @default false
                 */
                strict_ordering: boolean;
                /**
                 * @description How many iterations may fail before no more begin: all, a number, or a percentage of the iterations. The step fails once the rest has run.
                 * @default 0
                 * @example all
                 * @example 20
                 * @example 10%
                 */
                max_failures: number | string;
                steps: components["schemas"]["DefinitionStep"][];
            };
        } | {
            while: {
                /**
                 * @description Names the step: letters, digits, _ . and -, at most 128 characters.
                 * @example load-orders
                 */
                id: string;
                /** @description A name for people, at most 256 characters. */
                name?: string;
                /** @description What it is for. Shown in the user interface. */
                description?: string;
                /** @description Labels. A tag may be a permit that limits what runs at once. */
                tags?: components["schemas"]["DefinitionTag"][];
                /**
                 * @description What its final failure does to the run: stop it, end it once all else has ended, or nothing.
                 * @default FAIL_AFTER_RUNNING
                 */
                failure_mode: ("FAIL_IMMEDIATELY" | "FAIL_AFTER_RUNNING" | "IGNORE_FAILURE") | string;
                /**
                 * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
                 * @default 10 days
                 * @example 2h
                 * @example 600
                 * @example ${limit}min
                 */
                timeout: number | string;
                signal_dependencies?: components["schemas"]["DefinitionSignalDependency"][];
                signal_outputs?: components["schemas"]["DefinitionSignalOutput"][];
                params?: {
                    [key: string]: components["schemas"]["DefinitionParam"];
                };
                transition?: components["schemas"]["DefinitionTransition"];
                /**
                 * @description A SEL expression; the loop goes on while it is true. Asked before every iteration.
                 * @example attempt < 10 && !done
                 */
                condition: string | boolean;
                steps: components["schemas"]["DefinitionStep"][];
            };
        } | {
            template: {
                /**
                 * @description Names the step: letters, digits, _ . and -, at most 128 characters.
                 * @example load-orders
                 */
                id: string;
                /** @description A name for people, at most 256 characters. */
                name?: string;
                /** @description What it is for. Shown in the user interface. */
                description?: string;
                /** @description Labels. A tag may be a permit that limits what runs at once. */
                tags?: components["schemas"]["DefinitionTag"][];
                /**
                 * @description What its final failure does to the run: stop it, end it once all else has ended, or nothing.
                 * @default FAIL_AFTER_RUNNING
                 */
                failure_mode: ("FAIL_IMMEDIATELY" | "FAIL_AFTER_RUNNING" | "IGNORE_FAILURE") | string;
                /**
                 * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
                 * @default 10 days
                 * @example 2h
                 * @example 600
                 * @example ${limit}min
                 */
                timeout: number | string;
                signal_dependencies?: components["schemas"]["DefinitionSignalDependency"][];
                signal_outputs?: components["schemas"]["DefinitionSignalOutput"][];
                params?: {
                    [key: string]: components["schemas"]["DefinitionParam"];
                };
                transition?: components["schemas"]["DefinitionTransition"];
                /** @description The name of a job template. */
                sub_type: string;
                /**
                 * @description The version of the job template.
                 * @default default
                 */
                sub_type_version: string | number;
            };
        };
        DefinitionTag: string | {
            name: string;
            namespace?: ("SYSTEM" | "RUNTIME" | "JOB_TEMPLATE" | "NOTEBOOK_TEMPLATE" | "USER_DEFINED" | "PLATFORM") | string;
        };
        DefinitionTimeTrigger: {
            type: ("CRON" | "PREDEFINED" | "INTERVAL") | string;
            /**
             * @description A cron of 5 fields (Unix), or of 6 or 7 (Quartz, seconds first).
             * @example 0 6 * * *
             */
            cron?: string;
            expression?: ("@hourly" | "@daily" | "@weekly" | "@monthly" | "@yearly") | string;
            /**
             * @description How far apart: seconds or a duration, at least 2 minutes.
             * @example 6h
             */
            interval?: number | string;
            /**
             * @description Nothing starts before it; an interval counts from it.
             * @example 2026-01-31
             */
            start?: string | number;
            /**
             * @description Nothing starts at or after it.
             * @example 2026-12-31
             */
            end?: string | number;
            /**
             * @description What becomes of ticks that were missed.
             * @default ALL
             */
            catch_up: ("ALL" | "LATEST" | "NONE") | string;
            /**
             * @description An IANA time zone.
             * @default UTC
             * @example Europe/Berlin
             */
            timezone: string;
            /**
             * @description Every workflow fires at its own fixed delay below this.
             * @example 5min
             */
            fuzzy_max_delay?: number | string;
        };
        DefinitionTransition: {
            /** @description Only checked. */
            predecessors?: string[];
            /** @description A condition in SEL for each step that follows. */
            successors?: {
                [key: string]: string | boolean;
            };
        };
        DefinitionWorkflow: {
            /**
             * @description Names the workflow: letters, digits, _ . and -, at most 128 characters.
             * @example load-orders
             */
            id: string;
            /** @description A name for people, at most 256 characters. */
            name?: string;
            /** @description What it is for. Shown in the user interface. */
            description?: string;
            /** @description Labels. A tag may be a permit that limits what runs at once. */
            tags?: components["schemas"]["DefinitionTag"][];
            /**
             * @description How long it may take: seconds, or a duration such as 1d 2h 30min; may refer to parameters of the workflow. At most 120 days.
             * @default 10 days
             * @example 2h
             * @example 600
             * @example ${limit}min
             */
            timeout: number | string;
            /** @description How important it is. */
            criticality?: ("CRITICAL" | "HIGH" | "MEDIUM" | "LOW") | string;
            /** @description How many leaf steps of one run may run at once, those of loops and subworkflows too. */
            instance_step_concurrency?: number;
            time_triggers?: components["schemas"]["DefinitionTimeTrigger"][];
            signal_triggers?: components["schemas"]["DefinitionSignalTrigger"][];
            params?: {
                [key: string]: components["schemas"]["DefinitionParam"];
            };
            steps: components["schemas"]["DefinitionStep"][];
        };
        /** @description Iterations that failed in the same way, and some of them. */
        FailureGroup: {
            /** @description What went wrong, without what differs from one to the next. */
            signature: string;
            /**
             * Format: int64
             * @description How many.
             */
            count: number;
            /** @description Numbers of some of them, from 0. */
            samples: number[];
        };
        /** @description Parameters by name, as in a definition: `{"type": "STRING", "value": "x"}`, or just the value. */
        GivenParams: {
            [key: string]: components["schemas"]["DefinitionParam"];
        };
        /** @description Parameters by name, as in a definition, by step id. */
        GivenStepParams: {
            [key: string]: components["schemas"]["GivenParams"];
        };
        /** @description Who or what asked for an instance. */
        Initiator: components["schemas"]["InitiatorManual"] | components["schemas"]["InitiatorTime"] | components["schemas"]["InitiatorSignal"] | components["schemas"]["InitiatorSubworkflow"] | components["schemas"]["InitiatorForeach"] | components["schemas"]["InitiatorWhile"];
        /** @description One step attempt above a run; `sync` false means that it does not wait for the run. */
        InitiatorAncestor: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Number of the step attempt, from 1.
             */
            step_attempt_id: number;
            /** @description false: it does not wait for the run. */
            sync?: boolean;
        };
        /** @description A foreach step: this run is one of its iterations. */
        InitiatorForeach: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "FOREACH";
            /** @description The step attempts above it. */
            ancestors: components["schemas"]["InitiatorAncestor"][];
        };
        /** @description A person or a client. */
        InitiatorManual: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "MANUAL";
            /** @description Who did it. */
            user?: string;
        };
        /** @description Signals; the matched sequence number by signal name, and the trigger's evaluated params. */
        InitiatorSignal: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "SIGNAL";
            /** @description The trigger's unique id. */
            trigger_uuid: string;
            /** @description Number of the signal by its name. */
            signal_id_map: {
                [key: string]: number;
            };
            /** @description Parameters by name. */
            params: {
                [key: string]: unknown;
            };
        };
        /** @description A subworkflow step. */
        InitiatorSubworkflow: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "SUBWORKFLOW";
            /** @description The step attempts above it. */
            ancestors: components["schemas"]["InitiatorAncestor"][];
        };
        /** @description The clock; `triggerTime` is the logical time in epoch milliseconds. */
        InitiatorTime: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "TIME";
            /** @description The trigger's unique id. */
            trigger_uuid: string;
            /**
             * Format: int64
             * @description The tick that it is of, in epoch milliseconds.
             */
            trigger_time: number;
            /** @description The trigger's time zone. */
            timezone?: string;
        };
        /** @description A while step: this run is one of its iterations. */
        InitiatorWhile: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            type: "WHILE";
            /** @description The step attempts above it. */
            ancestors: components["schemas"]["InitiatorAncestor"][];
        };
        /** @description A run of an instance, field by field as the standard shows it. Times are epoch milliseconds. */
        InstanceView: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The run's unique id. */
            workflow_uuid: string;
            /** @description The same for all runs that came of one start. */
            correlation_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /**
             * Format: int64
             * @description The shard that owns it.
             */
            group_info: number;
            /**
             * Format: int64
             * @description The workflow's number in the database.
             */
            internal_id: number;
            /** @description The identity of the run's state machine. */
            execution_id: string;
            /** @description How it was started. */
            run_config: components["schemas"]["InstanceViewConfig"];
            /** @description Parameters that were given when it was started. */
            run_params: components["schemas"]["Params"];
            /** @description Parameters that were given for single steps, by step id. */
            step_run_params?: components["schemas"]["StepParams"];
            /** @description The properties that hold for it. */
            run_properties: components["schemas"]["InstanceViewProperties"];
            /** @description What it executes; only if asked for. */
            runtime_workflow?: components["schemas"]["DefinitionWorkflow"];
            /** @description The edges of its definition by step; only if asked for. */
            runtime_dag?: {
                [key: string]: components["schemas"]["InstanceViewDagEdges"];
            };
            /**
             * Format: int64
             * @description How long it may take.
             */
            timeout_in_millis: number;
            /** @description Parameters by name. */
            params: components["schemas"]["Params"];
            /** @description Who or what asked for it. */
            initiator: components["schemas"]["Initiator"];
            /** @description Where it stands. */
            status: components["schemas"]["RunStatus"];
            /**
             * Format: int64
             * @description When it was asked for, in epoch milliseconds.
             */
            request_time: number;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description When it began, in epoch milliseconds.
             */
            start_time?: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
            /**
             * Format: int64
             * @description When it last changed, in epoch milliseconds.
             */
            modify_time: number;
            /** @description With the steps only if asked for. */
            runtime_overview?: components["schemas"]["RunOverview"];
            /** @description What it left besides parameters, by name. */
            artifacts?: {
                [key: string]: unknown;
            };
            /** @description What happened, oldest first. */
            timeline: components["schemas"]["TimelineEvent"][];
            /** @description Over all runs up to this one; only if asked for. */
            aggregated_info?: components["schemas"]["AggregatedInfo"];
        };
        /** @description How it was started. */
        InstanceViewConfig: {
            /** @description START_FRESH_NEW_RUN, or what a restart ran. */
            policy: string;
            /** @description The same for all runs that came of one start. */
            correlation_id: string;
            /** @description Tags of this run, besides those of the workflow. */
            runtime_tags: components["schemas"]["Tag"][];
            /** @description How it was restarted; null if it wasn't. */
            restart_config?: components["schemas"]["InstanceViewRestart"];
        };
        /** @description The edges of a step. */
        InstanceViewDagEdges: {
            /** @description Ids of the steps before it. */
            predecessors: string[];
            /** @description Step id to condition, as written. */
            successors: {
                [key: string]: string;
            };
        };
        /** @description A step on the way of a restart. */
        InstanceViewPathNode: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            instance_id: number;
            /** @description The step's id. */
            step_id: string;
        };
        /** @description The properties that hold for this run. */
        InstanceViewProperties: {
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /** @description Who owns the workflow. */
            owner: string;
            /**
             * Format: int64
             * @description How many of its steps may run at a time; null for the default.
             */
            step_concurrency?: number;
        };
        /** @description How it was restarted. */
        InstanceViewRestart: {
            /** @description What is run again. */
            restart_policy: string;
            /** @description The steps that lead to the one that was asked for, innermost first. */
            restart_path: components["schemas"]["InstanceViewPathNode"][];
            /** @description The step of this run that is on the way to it, or the step itself; null for a run as a whole. */
            step_id?: string;
            /** @description Ids of steps that count as done. */
            skip_steps: string[];
            /** @description Ids of the steps to begin with; null if nobody said so. */
            start_steps?: string[];
            /** @description Ids of the steps to end with; null if nobody said so. */
            end_steps?: string[];
        };
        /**
         * @description What the system asks of a parameter that it or a template owns; users may not set it.
         *     - `REQUIRED`: Must have a value when it is evaluated.
         *     - `OPTIONAL`: Dropped when it has no value.
         *     - `PROVIDED`: Has a default value.
         *     - `RESERVED`: Belongs to the system: users may not override it.
         * @enum {string}
         */
        InternalMode: "REQUIRED" | "OPTIONAL" | "PROVIDED" | "RESERVED";
        /**
         * @description How an iteration of a foreach step stands.
         *     - `QUEUED`: Not begun, or to be run again, while the loop goes on.
         *     - `NOT_STARTED`: Not begun, or not run again, when the loop ended.
         *     - `QUARANTINED`: Begun, and set aside because the engine can't go on with it; it stands still until ended.
         * @enum {string}
         */
        IterationStatus: "QUEUED" | "NOT_STARTED" | "RUNNING" | "QUARANTINED" | "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMED_OUT";
        /** @description An iteration of a loop. Times are epoch milliseconds. What its instance says is null if it has not begun in this pass. */
        IterationView: {
            /**
             * Format: int64
             * @description Its number, from 0.
             */
            index: number;
            /** @description Where it stands. */
            status: components["schemas"]["IterationStatus"];
            /** @description The values that it runs with, by loop param. */
            items: {
                [key: string]: unknown;
            };
            /** @description What went wrong, as the failure groups name it; null if nothing did. */
            failure?: string;
            /** @description The id of the workflow that the iterations are instances of. */
            workflow_id?: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id?: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id?: number;
            /**
             * Format: int64
             * @description When it began, in epoch milliseconds.
             */
            start_time?: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
            /** @description The steps that it stands in, innermost first; null in lists. */
            ancestors?: components["schemas"]["IterationViewAncestor"][];
        };
        /** @description A step that an iteration stands in. */
        IterationViewAncestor: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Of the iteration that is the way to it, from 0; null if it is no loop.
             */
            index?: number;
            /** @description The values of that iteration, by loop param; null as before. */
            items?: {
                [key: string]: unknown;
            };
        };
        /** @description What came of something, or what it came of. */
        Lineage: {
            /** @description The first is what was asked about; each once, in the order they were found. */
            nodes: components["schemas"]["Node"][];
            /** @description What led to what. */
            edges: components["schemas"]["LineageEdge"][];
            /** @description Whether there is more than is shown: beyond the depth, or too many. */
            truncated: boolean;
        };
        /** @description One thing comes of another; always from cause to effect, whichever way was walked. */
        LineageEdge: {
            /**
             * Format: int32
             * @description Its place in nodes, from 0.
             */
            from: number;
            /**
             * Format: int32
             * @description Its place in nodes, from 0.
             */
            to: number;
            /** @description What it is. */
            kind: components["schemas"]["LineageKind"];
            /** @description Whether it leads back to where the walk had come from; it was not walked again. */
            cycle: boolean;
        };
        /**
         * @description How one thing comes of another.
         *     - `ANNOUNCED`: The first announced the second.
         *     - `TRIGGERED`: A trigger consumed the first and asked for the second.
         *     - `OPENED`: A step of the second waited for the first.
         *     - `SUBSCRIBED`: A trigger of the second wants signals of the first.
         * @enum {string}
         */
        LineageKind: "ANNOUNCED" | "TRIGGERED" | "OPENED" | "SUBSCRIBED";
        LocalDate: string;
        LocalDateTime: string;
        /** @description A piece of a stream; go on at `nextOffset` until `eof`. */
        LogText: {
            /** @description stdout or stderr. */
            stream: string;
            /**
             * Format: int64
             * @description The first byte, from 0.
             */
            offset: number;
            /**
             * Format: int64
             * @description The byte behind the last one.
             */
            next_offset: number;
            /** @description What was printed. */
            text: string;
            /** @description Whether nothing more will come. */
            eof: boolean;
        };
        /**
         * @description What is done to all iterations that a filter means.
         *     - `RESTART`: Run again those that have ended without success, while the loop goes on.
         *     - `STOP`: End those that run as STOPPED.
         *     - `KILL`: End those that run as FAILED.
         * @enum {string}
         */
        LoopAction: "RESTART" | "STOP" | "KILL";
        /** @description What an action on many iterations came to. */
        LoopActionAnswer: {
            /** @description What was done. */
            action: components["schemas"]["LoopAction"];
            /** @description Whether they were only counted. */
            dry_run: boolean;
            /**
             * Format: int64
             * @description How many it is about.
             */
            matched: number;
            /** @description Numbers of some of them, from 0. */
            samples: number[];
        };
        /** @description What went wrong in a loop. */
        LoopFailures: {
            /** @description Most frequent first. */
            groups: components["schemas"]["FailureGroup"][];
        };
        /** @description A loop in pieces of equal size. */
        LoopStrip: {
            /**
             * Format: int64
             * @description How many iterations there are.
             */
            total: number;
            /** @description The pieces, in order. */
            buckets: components["schemas"]["LoopStripBucket"][];
        };
        /** @description Neighbouring iterations. */
        LoopStripBucket: {
            /**
             * Format: int64
             * @description The first one, from 0.
             */
            from: number;
            /**
             * Format: int64
             * @description The first one that is not part of it any more.
             */
            to: number;
            /** @description Iterations by status; those without any are left out. */
            counts: {
                [key: string]: number;
            };
        };
        /** @description A loop in numbers. Times are epoch milliseconds. */
        LoopSummary: {
            /** @description The id of the workflow that its iterations are instances of. */
            foreach_workflow_id: string;
            /**
             * Format: int64
             * @description Which pass over the loop it is, from 1.
             */
            foreach_run_id: number;
            /** @description Whether it goes on. */
            live: boolean;
            /**
             * Format: int64
             * @description How many iterations there are.
             */
            total: number;
            /**
             * Format: int64
             * @description How many may run at a time.
             */
            concurrency: number;
            /**
             * Format: int64
             * @description How many may fail before no more begin; null if the step doesn't say.
             */
            max_failures?: number;
            /** @description Iterations by status; those without any are left out. */
            counts: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description How many succeeded although something within them failed, because its failure mode ignores that.
             */
            with_errors: number;
            /**
             * Format: int64
             * @description When the first one began; null if none has.
             */
            first_start?: number;
            /**
             * Format: int64
             * @description When the last one ended; null if none has.
             */
            last_end?: number;
            /**
             * Format: double
             * @description Iterations that ended per second, since the first one began; null if fewer than two have.
             */
            rate_per_second?: number;
            /**
             * Format: int64
             * @description Milliseconds until the rest has ended at this rate; null if unknown or ended.
             */
            eta_ms?: number;
            /** @description Milliseconds of ended iterations by quantile: p50, p95, p99; null if there are too few. */
            duration_ms?: {
                [key: string]: number;
            };
            /** @description The most frequent ones, at most ten. */
            failures: components["schemas"]["FailureGroup"][];
        };
        /**
         * @description Where a match stands: signals that a trigger consumed together.
         *     - `CONDITION_FALSE`: The trigger's condition is false: consumed, nothing is started.
         *     - `EXPRESSION_FAILED`: One of the trigger's expressions failed; there is a dead letter.
         *     - `REQUESTED`: The engine has been asked, or will be by the outbox.
         *     - `STARTED`: There is an instance.
         *     - `REPLACED`: The active version had no such trigger when the engine was asked.
         *     - `REFUSED`: The engine won't start it; the reason says why.
         * @enum {string}
         */
        MatchState: "CONDITION_FALSE" | "EXPRESSION_FAILED" | "REQUESTED" | "STARTED" | "REPLACED" | "REFUSED";
        /** @description An iteration of a loop within a loop. */
        NestedIterationView: {
            /**
             * Format: int64
             * @description Number of the iteration of the outer loop, from 0.
             */
            outer_index: number;
            /** @description The values that it runs with, by loop param. */
            outer_items: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description Its number within that, from 0.
             */
            index: number;
            /** @description Where it stands. */
            status: components["schemas"]["IterationStatus"];
            /** @description The values that it runs with, by loop param. */
            items: {
                [key: string]: unknown;
            };
            /** @description What went wrong, as the failure groups name it; null if nothing did. */
            failure?: string;
            /** @description The id of the workflow that it is an instance of. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
        };
        /** @description A time at which one of a workflow's triggers fires; `index` says which. */
        NextFire: {
            /**
             * Format: int64
             * @description From 0.
             */
            index: number;
            /**
             * Format: int64
             * @description The tick that it is of, in epoch milliseconds.
             */
            trigger_time: number;
            /**
             * Format: int64
             * @description When it is asked for, in epoch milliseconds.
             */
            fire_time: number;
            /** @description On the trigger's own clock. */
            local_time: string;
        };
        /** @description Ticks of a workflow to come, in order. */
        NextFires: {
            /** @description The next times, in order. */
            next_fires: components["schemas"]["NextFire"][];
        };
        /** @description Something in the lineage; equal ones are the same thing. */
        Node: components["schemas"]["NodeOfSignal"] | components["schemas"]["NodeOfRun"] | components["schemas"]["NodeOfMatch"] | components["schemas"]["NodeOfOutside"] | components["schemas"]["NodeOfWorkflow"] | components["schemas"]["NodeOfName"];
        /** @description Signals that a trigger consumed and that have come to no instance, or not yet. */
        NodeOfMatch: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "MATCH";
            /** @description Its id. */
            match_id: string;
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description Where it stands. */
            state: string;
            /** @description Why. */
            reason?: string;
        };
        /** @description A name, over all its signals. */
        NodeOfName: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "NAME";
            /** @description A name. */
            name: string;
        };
        /** @description Somebody outside who announces signals. */
        NodeOfOutside: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "OUTSIDE";
            /** @description What kind of announcer it was. */
            origin: string;
            /** @description Who announced it. */
            announced_by: string;
        };
        /** @description One instance of a workflow, with all its runs. */
        NodeOfRun: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "RUN";
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            instance_id: number;
        };
        /** @description One signal. */
        NodeOfSignal: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "SIGNAL";
            /** @description A name. */
            name: string;
            /**
             * Format: int64
             * @description Its number among those of its name, from 1.
             */
            seq_id: number;
        };
        /** @description A workflow, over all its instances. */
        NodeOfWorkflow: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "WORKFLOW";
            /** @description The workflow's id. */
            workflow_id: string;
        };
        /** @description Where the page lies. */
        PageInfo: {
            /** @description Of the first element; null if there is none. */
            start_cursor?: string;
            /** @description Of the last element; null if there is none. */
            end_cursor?: string;
            /** @description Whether there is more before it. */
            has_previous_page: boolean;
            /** @description Whether there is more behind it. */
            has_next_page: boolean;
            /**
             * Format: int64
             * @description Of the first element in the whole list, from 0; null where unknown.
             */
            start_index?: number;
        };
        /** @description A part of a list. */
        PageOfBackfillView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["BackfillView"][];
        };
        /** @description A part of a list. */
        PageOfBackfillViewValueRun: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["BackfillViewValueRun"][];
        };
        /** @description A part of a list. */
        PageOfDeadLetter: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["DeadLetter"][];
        };
        /** @description A part of a list. */
        PageOfDeadLetterView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["DeadLetterView"][];
        };
        /** @description A part of a list. */
        PageOfInstanceView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["InstanceView"][];
        };
        /** @description A part of a list. */
        PageOfIterationView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["IterationView"][];
        };
        /** @description A part of a list. */
        PageOfNestedIterationView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["NestedIterationView"][];
        };
        /** @description A part of a list. */
        PageOfRunSummary: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["RunSummary"][];
        };
        /** @description A part of a list. */
        PageOfSignalName: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["SignalName"][];
        };
        /** @description A part of a list. */
        PageOfSignalView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["SignalView"][];
        };
        /** @description A part of a list. */
        PageOfTagPermit: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["TagPermit"][];
        };
        /** @description A part of a list. */
        PageOfTriggerView: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["TriggerView"][];
        };
        /** @description A part of a list. */
        PageOfWorkflowDefinition: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["WorkflowDefinition"][];
        };
        /** @description A part of a list. */
        PageOfWorkflowSummary: {
            /** @description Where the page lies in the whole list. */
            page_info: components["schemas"]["PageInfo"];
            /**
             * Format: int64
             * @description How many elements the whole list has; null where counting would cost.
             */
            total_count?: number;
            /** @description What is on the page. */
            elements: components["schemas"]["WorkflowSummary"][];
        };
        /** @description A parameter: its definition and, once evaluated, its result. Exactly one of `value` and `expression` is given, or neither for a parameter that still has to get its value. Shapes of `value` by type: STRING `String`, LONG `Long`, DOUBLE `BigDecimal`, BOOLEAN `Boolean`, arrays `List` of those, STRING_MAP `Map<String, String>`, MAP `Map<String, Param>`. `evaluatedResult` has the same shapes, except that MAP gives `Map<String, Object>` of results. */
        Param: {
            /** @description The declared type. */
            type: components["schemas"]["ParamType"];
            /** @description A literal; strings in it are interpolated. */
            value?: unknown;
            /** @description SEL source. */
            expression?: string;
            /** @description Null means MUTABLE. */
            mode?: components["schemas"]["ParamMode"];
            /** @description Set by the system and by templates only. */
            internal_mode?: components["schemas"]["InternalMode"];
            /** @description Where this definition came from; null in what users write. */
            source?: components["schemas"]["ParamSource"];
            /** @description A SEL boolean over `param`. */
            validator?: string;
            /** @description Tags that the parameter adds to its step or run. */
            tags: components["schemas"]["Tag"][];
            /** @description The result, null until evaluated. */
            evaluated_result?: unknown;
            /**
             * Format: int64
             * @description When it was evaluated, in epoch milliseconds.
             */
            evaluated_time?: number;
        };
        /**
         * @description Who may still change a parameter, from the loosest to the strictest; a merge may tighten a mode, never loosen it. The default is MUTABLE.
         * @enum {string}
         */
        ParamMode: "MUTABLE" | "MUTABLE_ON_START_RESTART" | "MUTABLE_ON_START" | "IMMUTABLE" | "CONSTANT";
        /**
         * @description Where the winning definition of a parameter came from.
         * @enum {string}
         */
        ParamSource: "SYSTEM" | "TEMPLATE_SCHEMA" | "SYSTEM_INJECTED" | "SYSTEM_DEFAULT" | "DEFINITION" | "SIGNAL" | "TIME_TRIGGER" | "OUTPUT_PARAMETER" | "LAUNCH" | "RESTART" | "SUBWORKFLOW" | "TEMPLATE" | "FOREACH" | "WHILE" | "WORKFLOW_PARAMETER";
        /**
         * @description The type of a parameter. In JSON the name is read without regard to case.
         *     - `MAP`: Names to nested parameters, each with its own type.
         * @enum {string}
         */
        ParamType: "STRING" | "LONG" | "DOUBLE" | "BOOLEAN" | "STRING_ARRAY" | "LONG_ARRAY" | "DOUBLE_ARRAY" | "BOOLEAN_ARRAY" | "STRING_MAP" | "MAP";
        /** @description Parameters by name, as they came out: with `type`, `value` or `expression`, `mode`, `source`, `tags`, and `evaluated_result` and `evaluated_time` once they are evaluated. */
        Params: {
            [key: string]: Record<string, never>;
        };
        /** @description A step attempt that stands at a breakpoint. */
        PausedAttempt: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Number of the step attempt, from 1.
             */
            step_attempt_id: number;
            /**
             * Format: int64
             * @description Of the attempt, in epoch milliseconds.
             */
            create_time: number;
        };
        /** @description The body of every error: an RFC 9457 problem, with the members that clients of the standard read. */
        Problem: {
            /** @description `urn:maestro:problem:` and the code. */
            type: string;
            /** @description The same for all problems of this status. */
            title: string;
            /** @description The kind's name, as in the standard (the number is the HTTP status). */
            status: string;
            /** @description Stable, lower case with hyphens: what programs should look at. */
            code: string;
            /** @description What was expected, what was found, what to do. */
            detail: string;
            /** @description The same as `detail`, under the standard's name. */
            message: string;
            /** @description One line per problem, as in the standard. */
            errors: string[];
            /** @description The same, each with its place in the request's body. */
            problems?: components["schemas"]["DefinitionProblem"][];
            /** @description Whether the same request may succeed later; null if it will not. */
            retryable?: boolean;
        };
        /** @description A change of properties: those that are given; tags have routes of their own. */
        PropertiesChange: {
            /** @description True: the rule is the default again. */
            reset_run_strategy_rule?: boolean;
            /** @description True: as many instances as the rule lets run. */
            reset_workflow_concurrency?: boolean;
            /** @description True: as many steps as the default. */
            reset_step_concurrency?: boolean;
            owner?: components["schemas"]["DefinitionOwner"];
            /** @description Who but the owner and administrators may do what. */
            access_control?: {
                /** @description Who else may start it; * is everybody. */
                start?: string[];
                /** @description Whose signals it takes besides its owner's; else everybody's. */
                announce?: string[];
            };
            run_strategy?: components["schemas"]["DefinitionRunStrategy"];
            /**
             * @description How many steps of all instances together may run at once.
             * @default 20
             */
            step_concurrency: number;
            /** @description Whom to tell about what. */
            alerting?: Record<string, never>;
            alerting_disabled?: boolean;
            signal_trigger_disabled?: boolean;
            time_trigger_disabled?: boolean;
            /** @description What it is for. Shown in the user interface. */
            description?: string;
            /** @description Labels. A tag may be a permit that limits what runs at once. */
            tags?: components["schemas"]["DefinitionTag"][];
        };
        /** @description The properties of a workflow as they were from some time on. */
        PropertiesView: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /** @description Who changed them then. */
            author: string;
            owner?: components["schemas"]["DefinitionOwner"];
            /** @description Who but the owner and administrators may do what. */
            access_control?: {
                /** @description Who else may start it; * is everybody. */
                start?: string[];
                /** @description Whose signals it takes besides its owner's; else everybody's. */
                announce?: string[];
            };
            run_strategy?: components["schemas"]["DefinitionRunStrategy"];
            /**
             * @description How many steps of all instances together may run at once.
             * @default 20
             */
            step_concurrency: number;
            /** @description Whom to tell about what. */
            alerting?: Record<string, never>;
            alerting_disabled?: boolean;
            signal_trigger_disabled?: boolean;
            time_trigger_disabled?: boolean;
            /** @description What it is for. Shown in the user interface. */
            description?: string;
            /** @description Labels. A tag may be a permit that limits what runs at once. */
            tags?: components["schemas"]["DefinitionTag"][];
        };
        /** @description The answer to a push. */
        PushAnswer: {
            /** @description The version that was pushed. */
            workflow_definition: components["schemas"]["WorkflowDefinition"];
            /** @description What is right, and yet may not be meant so. */
            warnings?: components["schemas"]["DefinitionProblem"][];
            /** @description The first fires of its time triggers, were it active from now on. */
            next_fires?: components["schemas"]["PushAnswerNextFire"][];
        };
        /** @description A fire to come. Times are epoch milliseconds. */
        PushAnswerNextFire: {
            /**
             * Format: int32
             * @description Of the trigger, from 0.
             */
            index: number;
            /**
             * Format: int64
             * @description What the run gets to see.
             */
            trigger_time: number;
            /**
             * Format: int64
             * @description When it is asked for: later by the workflow's share of `fuzzy_max_delay`.
             */
            fire_time: number;
            /** @description The trigger's time on its clock, with its offset. */
            local_time: string;
        };
        /** @description What the removal of a breakpoint came to. */
        RemovalAnswer: {
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description How many breakpoints are gone.
             */
            deleted: number;
            /**
             * Format: int64
             * @description How many step attempts go on.
             */
            resumed: number;
        };
        /** @description What a restart is asked with; all of it may be left out. */
        RestartBody: {
            /** @description As at a start; nobody looks at it. */
            initiator?: {
                [key: string]: unknown;
            };
            /**
             * Format: int64
             * @description Epoch milliseconds; now, if left out.
             */
            request_time?: number;
            /** @description A UUID, or other text of 1 to 128 characters: the same one gives the same run; chosen by the engine, if left out. */
            request_id?: string;
            /** @description What is run again: RESTART_FROM_INCOMPLETE, RESTART_FROM_BEGINNING or RESTART_FROM_SPECIFIC; of an instance the first, of a step the last, if left out. */
            restart_policy?: string;
            /** @description RESTART_FROM_INLINE_ROOT (if left out) restarts the tree that the run is part of, RESTART_FROM_STEP only the step itself. */
            upstream_restart_mode?: string;
            /** @description Of the new run: active, latest, default or a number; that of the run before, if left out. Steps that have run have to be in it, and what is kept of them has to lead where it led; of a run that another workflow's run started, only with an upstream_restart_mode that leaves that one alone. */
            version?: string;
            /** @description Parameters of the new run; those that the definition lets be changed. */
            run_params?: components["schemas"]["GivenParams"];
            /** @description Parameters for single steps, by step id. */
            step_run_params?: components["schemas"]["GivenStepParams"];
            /** @description Kept with the run as they are, over those of the run before; only of a run that no other one is restarted above. */
            artifacts?: {
                [key: string]: unknown;
            };
            /** @description Ids of steps that count as done. */
            skip_steps?: string[];
            /** @description Ids of the steps to begin with. */
            start_steps?: string[];
            /** @description Ids of the steps to end with. */
            end_steps?: string[];
        };
        /**
         * @description Which steps a run executes.
         *     - `START_FRESH_NEW_RUN`: The first run of an instance.
         *     - `RESTART_FROM_INCOMPLETE`: Steps that are not complete, and whatever follows them.
         *     - `RESTART_FROM_BEGINNING`: The whole DAG.
         *     - `RESTART_FROM_SPECIFIC`: One step and whatever follows it.
         *     - `START_CUSTOMIZED_RUN`: A fresh run over a chosen part of the DAG.
         *     - `RESTART_CUSTOMIZED_RUN`: Another run over a chosen part of the DAG.
         * @enum {string}
         */
        RestartPolicy: "START_FRESH_NEW_RUN" | "RESTART_FROM_INCOMPLETE" | "RESTART_FROM_BEGINNING" | "RESTART_FROM_SPECIFIC" | "START_CUSTOMIZED_RUN" | "RESTART_CUSTOMIZED_RUN";
        /** @description What an action on a run came to. */
        RunActionAnswer: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description Where the instance stood when it was asked. */
            workflow_instance_status: components["schemas"]["RunStatus"];
            /** @description The same as the event's message, under the standard's name. */
            info: string;
            /** @description What happened just now. */
            timeline_event: components["schemas"]["TimelineEvent"];
        };
        /** @description A run in numbers. */
        RunOverview: {
            /**
             * Format: int64
             * @description Of the definition, without what is inside of loops and subworkflows; null where the steps were not looked at.
             */
            total_step_count?: number;
            /** @description The steps by status; null where they were not looked at. */
            step_overview?: {
                [key: string]: components["schemas"]["RunOverviewSteps"];
            };
            /** @description The leaf steps of the whole tree by status; null where nobody counted. */
            rollup_overview?: components["schemas"]["RunOverviewRollup"];
            /** @description Where it stands. */
            run_status: components["schemas"]["RunStatus"];
        };
        /** @description The leaf steps of one status. */
        RunOverviewLeaves: {
            /**
             * Format: int64
             * @description How many.
             */
            cnt: number;
            /** @description Where they are, for statuses that ask for attention: `workflow:run` to `instance:step:attempt`; null for the others. */
            ref?: {
                [key: string]: string[];
            };
        };
        /** @description Leaf steps of a tree of runs. */
        RunOverviewRollup: {
            /**
             * Format: int64
             * @description How many leaf steps there are.
             */
            total_leaf_count: number;
            /** @description By status. */
            overview: {
                [key: string]: components["schemas"]["RunOverviewLeaves"];
            };
        };
        /** @description The steps of one status. */
        RunOverviewSteps: {
            /**
             * Format: int64
             * @description How many.
             */
            cnt: number;
            /** @description Number of the step in its instance, start and end in epoch milliseconds; null if they have not been created. */
            steps?: (number | null)[][];
        };
        /**
         * @description Where a run stands.
         *     - `CREATED`: Accepted, waits for its run strategy.
         * @enum {string}
         */
        RunStatus: "CREATED" | "IN_PROGRESS" | "PAUSED" | "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMED_OUT";
        /** @description A run in a list. Times are epoch milliseconds. */
        RunSummary: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The run's unique id. */
            workflow_uuid: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /** @description Who owns the workflow. */
            owner: string;
            /** @description Who or what asked for it. */
            initiator: components["schemas"]["Initiator"];
            /** @description What a restart ran. */
            policy: components["schemas"]["RestartPolicy"];
            /** @description Where it stands. */
            status: components["schemas"]["RunStatus"];
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description When it began, in epoch milliseconds.
             */
            start_time?: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
            /**
             * Format: int64
             * @description When it last changed, in epoch milliseconds.
             */
            modify_time: number;
            /** @description Why the rest of it can't be read; null if it can. */
            unreadable?: string;
        };
        /** @description What a service says of itself. */
        ServiceInfo: {
            /** @description As its jar's manifest says it. */
            version: string;
            /** @description Version of the Java that it runs on. */
            java: string;
            /** @description Which time-zone rules it goes by. */
            zone_rules: components["schemas"]["ServiceInfoZoneRules"];
        };
        /** @description How the rules of time zones are called, and where they come from. */
        ServiceInfoZoneRules: {
            /** @description How they are called. */
            version: string;
            /** @description Where they come from. */
            place: string;
        };
        /** @description A signal to announce. */
        SignalBody: {
            /** @description 1 to 512 characters. */
            name: string;
            /** @description What it is matched by: texts, numbers, booleans. */
            params?: {
                [key: string]: unknown;
            };
            /** @description Any JSON; nothing is matched by it. */
            payload?: unknown;
            /** @description The same one is refused the second time; chosen by the service, if left out. */
            request_id?: string;
            /**
             * Format: int64
             * @description Epoch milliseconds; now, if left out.
             */
            request_time?: number;
        };
        /** @description A signal with what it fed. */
        SignalDetail: {
            /** @description A name. */
            name: string;
            /**
             * Format: int64
             * @description Its number among those of its name, from 1.
             */
            seq_id: number;
            /** @description Number of the instance, from 1. */
            instance_id: string;
            /** @description Parameters by name. */
            params: {
                [key: string]: unknown;
            };
            /** @description What was announced with it besides its params; any JSON. */
            payload?: unknown;
            /** @description What kind of announcer it was. */
            origin: string;
            /** @description Which one: a workflow, a caller, the source of a CloudEvent, a topic. */
            announced_by: string;
            /** @description In whose name: a caller, the owner of the workflow, a topic; null if unknown. */
            principal?: string;
            /** @description The step attempt that announced it; null if it was none. */
            source?: components["schemas"]["SignalRequestSignalSource"];
            /**
             * Format: int64
             * @description When it was asked for, in epoch milliseconds.
             */
            request_time: number;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /** @description What of an event just announced became no param, and why; null if nothing. */
            left_out?: components["schemas"]["DefinitionProblem"][];
            /** @description What triggers made of it, at most 200. */
            matches: components["schemas"]["SignalDetailMatchView"][];
            /** @description The step attempts that it let go on, at most 200. */
            gates: components["schemas"]["SignalGate"][];
        };
        /** @description What a trigger made of signals. */
        SignalDetailMatchView: {
            /** @description Its id. */
            match_id: string;
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description The trigger's unique id. */
            trigger_uuid: string;
            /** @description One of MatchState. */
            state: components["schemas"]["MatchState"];
            /** @description The numbers of all signals that were consumed together, by name. */
            signals: {
                [key: string]: number;
            };
            /** @description Of the request to start. */
            request_id?: string;
            /**
             * Format: int64
             * @description What was started.
             */
            instance_id?: number;
            /** @description Why nothing was started. */
            reason?: string;
            /**
             * Format: int64
             * @description When they were matched, in epoch milliseconds.
             */
            match_time: number;
        };
        /** @description One of the signals that one step attempt waits for. */
        SignalGate: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Number of the step attempt, from 1.
             */
            attempt_id: number;
            /**
             * Format: int32
             * @description Its place among the step's signal_dependencies, from 0.
             */
            dependency: number;
        };
        /** @description A name with what was announced under it last. */
        SignalName: {
            /** @description A name. */
            name: string;
            /**
             * Format: int64
             * @description How many were announced.
             */
            last_seq_id: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            last_time: number;
        };
        /** @description The step attempt that announced a signal. */
        SignalRequestSignalSource: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Number of the step attempt, from 1.
             */
            attempt_id: number;
        };
        /** @description A signal as clients see it. */
        SignalView: {
            /** @description A name. */
            name: string;
            /**
             * Format: int64
             * @description Its number among those of its name, from 1.
             */
            seq_id: number;
            /** @description Number of the instance, from 1. */
            instance_id: string;
            /** @description Parameters by name. */
            params: {
                [key: string]: unknown;
            };
            /** @description What was announced with it besides its params; any JSON. */
            payload?: unknown;
            /** @description What kind of announcer it was. */
            origin: string;
            /** @description Which one: a workflow, a caller, the source of a CloudEvent, a topic. */
            announced_by: string;
            /** @description In whose name: a caller, the owner of the workflow, a topic; null if unknown. */
            principal?: string;
            /** @description The step attempt that announced it; null if it was none. */
            source?: components["schemas"]["SignalRequestSignalSource"];
            /**
             * Format: int64
             * @description When it was asked for, in epoch milliseconds.
             */
            request_time: number;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /** @description What of an event just announced became no param, and why; null if nothing. */
            left_out?: components["schemas"]["DefinitionProblem"][];
        };
        /**
         * @description The kinds of answer.
         *     - `STARTED`: There is an instance of this request id: made now, or by an earlier delivery.
         *     - `REPLACED`: The active version has no such trigger; whoever sent this is behind the news.
         *     - `REFUSED`: The workflow can't be started so; the same again would be refused again.
         * @enum {string}
         */
        StartAnswerOutcome: "STARTED" | "REPLACED" | "REFUSED";
        /** @description What a start is asked with. */
        StartBody: {
            /** @description `{"type": "manual"}`: the other kinds belong to the system. */
            initiator: components["schemas"]["StartBodyBy"];
            /**
             * Format: int64
             * @description Epoch milliseconds; now, if left out.
             */
            request_time?: number;
            /** @description A UUID, or other text of 1 to 128 characters: the same one gives the same instance; chosen by the engine, if left out. */
            request_id?: string;
            /** @description Tags of this run, besides those of the workflow. */
            runtime_tags?: components["schemas"]["Tags"];
            /** @description Parameters of this run; those that the definition lets be changed. */
            run_params?: components["schemas"]["GivenParams"];
            /** @description Parameters for single steps, by step id. */
            step_run_params?: components["schemas"]["GivenStepParams"];
            /** @description Kept with the run as they are. */
            artifacts?: {
                [key: string]: unknown;
            };
            /** @description Whether parameters that can't be evaluated make a FAILED instance, and not an error; false if left out. */
            persist_failed_run?: boolean;
        };
        /** @description Who asks. */
        StartBodyBy: {
            /** @description `manual`; case doesn't matter. */
            type: string;
        };
        /** @description What became of a start or a restart. */
        Started: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The run's unique id. */
            workflow_uuid: string;
            /** @description CREATED; STOPPED if the run strategy didn't let it run; DUPLICATED if this request id had been accepted before. */
            status: string;
            /** @description What happened just now. */
            timeline_event: components["schemas"]["TimelineEvent"];
            /** @description What was given and will not be used as it may be meant; null if nothing. */
            warnings?: string[];
        };
        /** @description What an action on a step came to. */
        StepActionAnswer: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description The step's latest attempt after it; null if it has none in this run.
             */
            step_attempt_id?: number;
            /** @description Where that attempt stands; null as before. */
            step_runtime_state?: components["schemas"]["StepActionAnswerState"];
            /** @description The same as the state's; null as before, and after a resume. */
            status?: components["schemas"]["StepStatus"];
            /** @description What happened just now. */
            timeline_event: components["schemas"]["TimelineEvent"];
        };
        /** @description Where an attempt stands. */
        StepActionAnswerState: {
            /** @description Where it stands. */
            status: components["schemas"]["StepStatus"];
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description Epoch milliseconds; null if it has not ended.
             */
            end_time?: number;
        };
        /** @description New attempts of this step pause before they run, in every version and instance. */
        StepBreakpoint: {
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            create_time: number;
            /** @description Who set it. */
            created_by: string;
        };
        /** @description Parameters by name, by step id. */
        StepParams: {
            [key: string]: components["schemas"]["Params"];
        };
        /**
         * @description Where one attempt of a step stands.
         * @enum {string}
         */
        StepStatus: "NOT_CREATED" | "CREATED" | "INITIALIZED" | "PAUSED" | "WAITING_FOR_SIGNALS" | "EVALUATING_PARAMS" | "WAITING_FOR_PERMITS" | "STARTING" | "RUNNING" | "FINISHING" | "DISABLED" | "UNSATISFIED" | "SKIPPED" | "SUCCEEDED" | "COMPLETED_WITH_ERROR" | "USER_FAILED" | "PLATFORM_FAILED" | "TIMEOUT_FAILED" | "FATALLY_FAILED" | "INTERNALLY_FAILED" | "STOPPED" | "TIMED_OUT";
        /** @description An attempt of a step, field by field as the standard shows it. Times are epoch milliseconds. */
        StepView: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the instance, from 1.
             */
            workflow_instance_id: number;
            /**
             * Format: int64
             * @description Number of the run, from 1.
             */
            workflow_run_id: number;
            /** @description The step's id. */
            step_id: string;
            /**
             * Format: int64
             * @description Number of the step attempt, from 1.
             */
            step_attempt_id: number;
            /** @description The run's unique id. */
            workflow_uuid: string;
            /** @description The step attempt's unique id. */
            step_uuid: string;
            /** @description The same for all runs that came of one start. */
            correlation_id: string;
            /**
             * Format: int64
             * @description Number of the step in its instance, from 1.
             */
            step_instance_id: number;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /**
             * Format: int64
             * @description The shard that owns it.
             */
            group_info: number;
            /** @description Who owns the workflow. */
            owner: string;
            /** @description The step as written, in its wrapper. */
            definition: components["schemas"]["DefinitionStep"];
            /** @description Its tags. */
            tags: components["schemas"]["Tag"][];
            /** @description Parameters that were given for single steps, by step id. */
            step_run_params?: components["schemas"]["Params"];
            /** @description Parameters by name. */
            params: components["schemas"]["Params"];
            /** @description Its edges. */
            transition: components["schemas"]["StepViewEdges"];
            /** @description How often it was retried. */
            step_retry: components["schemas"]["StepViewRetries"];
            /** @description Where it stands, and since when. */
            runtime_state: components["schemas"]["StepViewState"];
            /** @description Null if the step waits for none. */
            signal_dependencies?: {
                [key: string]: unknown;
            };
            /** @description What it announces when it has succeeded. */
            signal_outputs: {
                [key: string]: unknown;
            };
            /** @description What it left besides parameters, by name. */
            artifacts: {
                [key: string]: unknown;
            };
            /** @description What happened, oldest first. */
            timeline: components["schemas"]["TimelineEvent"][];
        };
        /** @description The edges of a step. */
        StepViewEdges: {
            /** @description Ids of the steps before it. */
            predecessors: string[];
            /** @description BOOLEAN parameters by step; each with its result once the step has completed. */
            successors: components["schemas"]["Params"];
        };
        /** @description How many retries there have been in this run, by cause. */
        StepViewRetries: {
            /**
             * Format: int64
             * @description After failures of the job.
             */
            error_retries: number;
            /**
             * Format: int64
             * @description After failures that were not the job's.
             */
            platform_retries: number;
            /**
             * Format: int64
             * @description After time-outs.
             */
            timeout_retries: number;
            /**
             * Format: int64
             * @description That somebody asked for.
             */
            manual_retries: number;
        };
        /** @description Where the attempt stands, and when it reached each state; null if it never did. */
        StepViewState: {
            /** @description Where it stands. */
            status: components["schemas"]["StepStatus"];
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            initialize_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            pause_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            wait_signal_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            evaluate_param_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            wait_permit_time?: number;
            /**
             * Format: int64
             * @description When it began, in epoch milliseconds.
             */
            start_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            execute_time?: number;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            finish_time?: number;
            /**
             * Format: int64
             * @description When it ended, in epoch milliseconds.
             */
            end_time?: number;
            /**
             * Format: int64
             * @description The last of the times.
             */
            modify_time: number;
        };
        /** @description A label on a workflow, step or run; it may name a permit. */
        Tag: {
            /** @description A name. */
            name: string;
            /** @description Who put it there. */
            namespace?: components["schemas"]["TagNamespace"];
        };
        /**
         * @description Who put a tag there. In JSON the name is read without regard to case.
         * @enum {string}
         */
        TagNamespace: "SYSTEM" | "RUNTIME" | "JOB_TEMPLATE" | "NOTEBOOK_TEMPLATE" | "USER_DEFINED" | "PLATFORM";
        /** @description How many step attempts with a tag may run at the same time. */
        TagPermit: {
            /** @description The tag's name. */
            tag: string;
            /**
             * Format: int64
             * @description 0 pauses everything with the tag.
             */
            max_allowed: number;
            /** @description Who changed it and when, oldest first; the last 50 changes. */
            timeline: components["schemas"]["TimelineEvent"][];
            /** @description Whatever else was said of it. */
            extra_info: {
                [key: string]: unknown;
            };
        };
        /** @description A limit to set. */
        TagPermitBody: {
            /** @description The tag's name. */
            tag: string;
            /**
             * Format: int64
             * @description How many step attempts with the tag may run at a time; 0 lets none start.
             */
            max_allowed: number;
        };
        /** @description Tags: names, or objects with a name. */
        Tags: components["schemas"]["DefinitionTag"][];
        /** @description A time at which a trigger fires. */
        Tick: {
            /**
             * Format: int64
             * @description The logical time, which runs get to see, in epoch milliseconds.
             */
            trigger_time: number;
            /**
             * Format: int64
             * @description When the run is asked for: later by the workflow's share of `fuzzy_max_delay`.
             */
            fire_time: number;
            /** @description The logical time in the trigger's zone, ISO 8601 with its offset. */
            local_time: string;
        };
        /** @description What the engine said of a tick. */
        TickAnswer: {
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            tick: number;
            /** @description What became of it. */
            outcome: components["schemas"]["StartAnswerOutcome"];
            /**
             * Format: int64
             * @description Null if there is none.
             */
            instance_id?: number;
            /** @description Why there is none. */
            reason?: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            time: number;
        };
        /** @description Something that the owner should know happened. */
        TimelineEvent: {
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            timestamp: number;
            /** @description LOG, STATUS, ACTION, DETAILS or MILESTONE. */
            type: string;
            /** @description For people. */
            message: string;
            /** @description INFO, WARN or ERROR; LOG only. */
            level?: string;
            /** @description The new status; STATUS only. */
            status?: string;
            /** @description What was asked; ACTION only. */
            action?: string;
            /** @description Who asked; ACTION only. */
            author?: string;
            /** @description Why. */
            reason?: string;
            /** @description One line each; DETAILS only. */
            errors?: string[];
        };
        /** @description When a trigger would fire. */
        TriggerPreview: {
            /** @description The next times, in order. */
            next_fires: components["schemas"]["Tick"][];
        };
        /** @description A time trigger as people see it. Times are epoch milliseconds. */
        TriggerView: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            version_id: number;
            /** @description The trigger's unique id. */
            trigger_uuid: string;
            /**
             * Format: int64
             * @description Its place among the version's time triggers, from 0.
             */
            index: number;
            /** @description As in the definition. */
            trigger: unknown;
            /** @description Why it can't fire; null if it can. */
            problem?: string;
            /** @description Whether somebody has paused it. */
            paused: boolean;
            /**
             * Format: int64
             * @description How long it has been due without being fired; 0 if it isn't due.
             */
            lag_millis: number;
            /** @description The next times; none while paused. */
            next_fires: components["schemas"]["Tick"][];
            /** @description What was last requested. */
            last_fire?: components["schemas"]["TriggerViewLastFire"];
            /**
             * Format: int64
             * @description When missed ticks were last given up, as `catch_up` wants.
             */
            last_skip_time?: number;
            /** @description The version of the time-zone rules that the next fires were reckoned with. */
            zone_rules?: string;
            /** @description What other rules last did to it; null if none have moved it. */
            moved_by_zone_rules?: components["schemas"]["TriggerViewMovedTick"];
            /** @description What became of the newest tick that was answered. */
            last_answer?: components["schemas"]["TickAnswer"];
            /** @description What became of the newest tick that started nothing. */
            last_refusal?: components["schemas"]["TickAnswer"];
        };
        /** @description What was last requested. */
        TriggerViewLastFire: {
            /**
             * Format: int64
             * @description The newest tick of the request.
             */
            trigger_time: number;
            /**
             * Format: int64
             * @description When it was made.
             */
            time: number;
        };
        /** @description A next tick before and after the time-zone rules changed; no `to` if none was left. */
        TriggerViewMovedTick: {
            /**
             * Format: int64
             * @description Where it begins.
             */
            from: number;
            /**
             * Format: int64
             * @description Where it ends.
             */
            to?: number;
        };
        /** @description What became of the active version. */
        VersionChange: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id?: number;
            /** @description What happened just now. */
            timeline_event: components["schemas"]["TimelineEvent"];
        };
        /** @description The answer to "why is this not running?". */
        Why: {
            /** @description Whether something is at work for it right now. */
            running: boolean;
            /** @description What it waits for, or why it waits for nothing; never empty. */
            reasons: components["schemas"]["WhyReason"][];
        };
        /**
         * @description What a reason is; the names are part of the API.
         * @enum {string}
         */
        WhyCode: "QUEUED_BY_RUN_STRATEGY" | "WORKFLOW_PAUSED" | "BLOCKED_BY_FAILED_INSTANCE" | "ABOUT_TO_START" | "ADVANCING" | "ENDING" | "ENDED" | "FAILED_FIRST" | "QUARANTINED" | "RUN_NOT_STARTED" | "NOT_REACHED_YET" | "NEVER_REACHED" | "COMPLETED_IN_AN_EARLIER_RUN" | "CONDITIONS_FALSE" | "AT_BREAKPOINT" | "WAITING_FOR_SIGNALS" | "WAITING_FOR_PERMITS" | "WAITING_FOR_RETRY" | "WAITING_FOR_CHILD_RUN" | "WAITING_FOR_ITERATIONS" | "SLEEPING" | "JOB_STARTING" | "JOB_RUNNING";
        /** @description One reason. */
        WhyReason: {
            /** @description What programs look at. */
            code: components["schemas"]["WhyCode"];
            /** @description For people. */
            message: string;
        };
        /** @description One version of a workflow, with the workflow's properties as they are now. */
        WorkflowDefinition: {
            /** @description The workflow's properties as they are now. */
            properties_snapshot: components["schemas"]["PropertiesView"];
            /** @description Who published it, and when. */
            metadata: components["schemas"]["WorkflowDefinitionMetadata"];
            /** @description What was pushed, with what the system filled in. */
            workflow: components["schemas"]["DefinitionWorkflow"];
            /** @description Whether it is the version that triggers start. */
            is_active: boolean;
            /**
             * Format: int64
             * @description When this version became the active one, in epoch milliseconds; null if it is not.
             */
            activate_time?: number;
            /** @description Who made it the active one; null if it is not. */
            activated_by?: string;
            /** @description Whether it is the newest version. */
            is_latest: boolean;
            /** @description Whether it is the active one, or the latest where none is active. */
            is_default: boolean;
            /**
             * Format: int64
             * @description When it last changed, in epoch milliseconds.
             */
            modify_time: number;
            /**
             * Format: int64
             * @description The workflow's number in the database.
             */
            internal_id: number;
            /** @description Parameters by themselves; only if asked for. */
            enriched_extras?: components["schemas"]["WorkflowDefinitionExtras"];
        };
        /** @description Parameters by themselves. */
        WorkflowDefinitionExtras: {
            /** @description Those of the workflow. */
            workflow_params: components["schemas"]["GivenParams"];
            /** @description Those of the steps, by step id. */
            step_params: components["schemas"]["GivenStepParams"];
        };
        /** @description Who published it, and when. */
        WorkflowDefinitionMetadata: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description Number of the version, from 1.
             */
            workflow_version_id: number;
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /** @description Who pushed it. */
            version_author: string;
            /** @description Where it comes from; null if nobody said so. */
            git_info?: components["schemas"]["DefinitionGitInfo"];
        };
        /** @description A workflow with its instances in numbers. */
        WorkflowOverview: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description The version that triggers start; left out if there is none.
             */
            active_version_id?: number;
            /**
             * Format: int64
             * @description The newest version.
             */
            latest_version_id: number;
            /**
             * Format: int64
             * @description The active version, or the latest where none is active.
             */
            default_version_id: number;
            /** @description The workflow's properties as they are now. */
            properties_snapshot: components["schemas"]["PropertiesView"];
            /**
             * Format: int64
             * @description How many steps of an instance may run at a time.
             */
            step_concurrency: number;
            /** @description Instances that have not ended, by status: CREATED, IN_PROGRESS, PAUSED. */
            nonterminal_instances: {
                [key: string]: number;
            };
            /**
             * Format: int64
             * @description Instances that have failed and hold others up until they are unblocked.
             */
            failed_instances: number;
            /**
             * Format: int64
             * @description The newest instance; 0 if there is none.
             */
            latest_instance_id: number;
            /** @description Who paused it and when; null if it is not paused. */
            pause?: components["schemas"]["WorkflowOverviewPause"];
        };
        /** @description Who paused it, and when. */
        WorkflowOverviewPause: {
            /** @description Who did it. */
            by: string;
            /**
             * Format: int64
             * @description Epoch milliseconds.
             */
            at: number;
        };
        /** A workflow's definition in JSON: the body of a push */
        WorkflowPush: {
            properties?: components["schemas"]["DefinitionProperties"];
            workflow: components["schemas"]["DefinitionWorkflow"];
            /**
             * @description Whether the new version becomes the active one.
             * @default true
             */
            is_active: boolean;
            git_info?: components["schemas"]["DefinitionGitInfo"];
        };
        /** @description A workflow in a list. Times are epoch milliseconds. */
        WorkflowSummary: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description The workflow's number in the database.
             */
            internal_id: number;
            /** @description A name. */
            name?: string;
            /** @description Who owns the workflow. */
            owner: string;
            /**
             * Format: int64
             * @description The version that triggers start; left out if there is none.
             */
            active_version_id?: number;
            /**
             * Format: int64
             * @description The newest version.
             */
            latest_version_id: number;
            /**
             * Format: int64
             * @description The newest instance; 0 if there is none.
             */
            latest_instance_id: number;
            /** @description Who paused it and when; left out if it is not paused. */
            pause?: components["schemas"]["WorkflowOverviewPause"];
            /**
             * Format: int64
             * @description When it was made, in epoch milliseconds.
             */
            create_time: number;
            /**
             * Format: int64
             * @description When it last changed, in epoch milliseconds.
             */
            modify_time: number;
        };
        /** @description What happened to a definition. */
        WorkflowTimeline: {
            /** @description The workflow's id. */
            workflow_id: string;
            /** @description What happened, oldest first. */
            timeline_events: components["schemas"]["TimelineEvent"][];
        };
        /** @description All time triggers of a workflow. */
        WorkflowTriggers: {
            /** @description The workflow's id. */
            workflow_id: string;
            /**
             * Format: int64
             * @description The active version, whose they are; null if there is none.
             */
            version_id?: number;
            /** @description Whether somebody has paused them. */
            paused: boolean;
            /** @description Who. */
            paused_by?: string;
            /** @description In the order of the definition. */
            time_triggers: components["schemas"]["TriggerView"][];
        };
        ZoneId: string;
    };
    responses: {
        /** @description This is not allowed to the caller. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "foreign-page" | "not-loopback";
                };
            };
        };
        /** @description The server failed. */
        InternalError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "internal-error" | "unreadable-row";
                };
            };
        };
        /** @description The wanted representation is not available. */
        NotAcceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "not-acceptable";
                };
            };
        };
        /** @description The request is too large. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "body-too-large";
                };
            };
        };
        /** @description The server cannot answer now. */
        ServiceUnavailable: {
            headers: {
                /** @description Seconds after which trying again may help. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                };
            };
        };
        /** @description The caller asks for too much at a time. */
        TooManyRequests: {
            headers: {
                /** @description Seconds after which trying again may help. */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "too-many-requests";
                };
            };
        };
        /** @description Nobody is signed in. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unauthenticated";
                };
            };
        };
        /** @description The content type is not supported. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @enum {unknown} */
                    code?: "unsupported-media-type";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    backfillGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a22841f746-2d66d196-00000000014b",
                     *       "workflow_id": "orders",
                     *       "version": "active",
                     *       "status": "RUNNING",
                     *       "created_by": "ada",
                     *       "create_time": 1795972633567,
                     *       "modify_time": 1795972633620,
                     *       "range": {
                     *         "of": "days",
                     *         "from": "2021-01-01",
                     *         "to": "2021-01-03",
                     *         "step": 1,
                     *         "zone": "UTC"
                     *       },
                     *       "param": "date",
                     *       "order": "OLDEST_FIRST",
                     *       "concurrency": 2,
                     *       "run_params": {},
                     *       "first_value": "20210101",
                     *       "last_value": "20210103",
                     *       "counts": {
                     *         "total": 3,
                     *         "skipped": 0,
                     *         "waiting": 1,
                     *         "running": 2,
                     *         "succeeded": 0,
                     *         "failed": 0,
                     *         "timed_out": 0,
                     *         "stopped": 0
                     *       },
                     *       "runs_per_second": 0,
                     *       "failures": []
                     *     }
                     */
                    "application/json": components["schemas"]["BackfillView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-backfill" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    backfillAct: {
        parameters: {
            query?: {
                /** @description For `stop`: whether to stop the runs under way, too. */
                end_runs?: boolean;
            };
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
                /** @description What to do. */
                action: "pause" | "resume" | "stop" | "restart-failed";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a22841f746-2d66d196-00000000014b",
                     *       "workflow_id": "orders",
                     *       "version": "active",
                     *       "status": "PAUSED",
                     *       "created_by": "ada",
                     *       "create_time": 1795972633567,
                     *       "modify_time": 1795972636357,
                     *       "range": {
                     *         "of": "days",
                     *         "from": "2021-01-01",
                     *         "to": "2021-01-03",
                     *         "step": 1,
                     *         "zone": "UTC"
                     *       },
                     *       "param": "date",
                     *       "order": "OLDEST_FIRST",
                     *       "concurrency": 2,
                     *       "run_params": {},
                     *       "first_value": "20210101",
                     *       "last_value": "20210103",
                     *       "counts": {
                     *         "total": 3,
                     *         "skipped": 0,
                     *         "waiting": 1,
                     *         "running": 2,
                     *         "succeeded": 0,
                     *         "failed": 0,
                     *         "timed_out": 0,
                     *         "stopped": 0
                     *       },
                     *       "runs_per_second": 0,
                     *       "failures": []
                     *     }
                     */
                    "application/json": components["schemas"]["BackfillView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-request" | "no-such-param" | "no-such-step" | "value-does-not-fit";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-backfill" | "no-such-instance" | "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "action-not-possible" | "another-instance-runs" | "instance-changing" | "other-workflow" | "still-running" | "unreadable-run" | "workflow-changes" | "workflow-changing";
                    };
                };
            };
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "not-yet" | "version-does-not-fit";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "start-not-confirmed" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    backfillRuns: {
        parameters: {
            query?: {
                /** @description Only those of this status. */
                status?: components["schemas"]["RunStatus"];
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "0",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "number": 0,
                     *           "value": "20210101"
                     *         },
                     *         {
                     *           "number": 1,
                     *           "value": "20210102"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfBackfillViewValueRun"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-backfill" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deadLetterList: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": []
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfDeadLetterView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deadLetterAct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
                /** @description `replay`: try once more; `discard`: throw it away. */
                action: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "dead-letter-not-found" | "no-such-action" | "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "nothing-to-replay" | "refused-again";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterList: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfDeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterDiscard: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-request";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterReplay: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-request";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refused-again";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    infoInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "version": "development",
                     *       "java": "25.0.3+9-LTS",
                     *       "zone_rules": {
                     *         "version": "2026f",
                     *         "place": "shipped with Maestro"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ServiceInfo"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    instanceSearch: {
        parameters: {
            query?: {
                /** @description Only those of this owner. */
                owner?: string;
                /** @description Only those of this workflow. */
                workflow?: string;
                /** @description Only those of this status. */
                status?: components["schemas"]["RunStatus"];
                /** @description Only those created at this time or later. */
                from?: number;
                /** @description Only those created before this time. */
                to?: number;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "3:orders",
                     *         "end_cursor": "2:orders",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "workflow_id": "orders",
                     *           "workflow_instance_id": 3,
                     *           "workflow_run_id": 1,
                     *           "workflow_uuid": "16eefec7-e462-3fc1-bdb6-372ef66f3ffd",
                     *           "workflow_version_id": 2,
                     *           "owner": "ada",
                     *           "initiator": {
                     *             "type": "MANUAL",
                     *             "user": "ada"
                     *           },
                     *           "policy": "START_FRESH_NEW_RUN",
                     *           "status": "CREATED",
                     *           "create_time": 1795972633927,
                     *           "modify_time": 1795972633927
                     *         },
                     *         {
                     *           "workflow_id": "orders",
                     *           "workflow_instance_id": 2,
                     *           "workflow_run_id": 1,
                     *           "workflow_uuid": "7fb016d9-8c6f-3aab-ac67-8b22d351d1c8",
                     *           "workflow_version_id": 2,
                     *           "owner": "ada",
                     *           "initiator": {
                     *             "type": "MANUAL",
                     *             "user": "ada"
                     *           },
                     *           "policy": "START_FRESH_NEW_RUN",
                     *           "status": "CREATED",
                     *           "create_time": 1795972633816,
                     *           "modify_time": 1795972633816
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfRunSummary"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    lineageOfRun: {
        parameters: {
            query: {
                /** @description The workflow's id. */
                workflow_id: string;
                /** @description Number of the instance, from 1. */
                instance_id: number;
                /** @description `downstream`: what came of it; `upstream`: what it came of. */
                direction?: string;
                /** @description How many steps to walk away from it, 1 to 20. */
                depth?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nodes": [
                     *         {
                     *           "kind": "RUN",
                     *           "workflow_id": "orders",
                     *           "instance_id": 1
                     *         }
                     *       ],
                     *       "edges": [],
                     *       "truncated": false
                     *     }
                     */
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    lineageOfSignal: {
        parameters: {
            query: {
                /** @description The signal's name. */
                name: string;
                /** @description The signal's number among those of its name, from 1. */
                seq: number;
                /** @description `downstream`: what came of it; `upstream`: what it came of. */
                direction?: string;
                /** @description How many steps to walk away from it, 1 to 20. */
                depth?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nodes": [
                     *         {
                     *           "kind": "SIGNAL",
                     *           "name": "orders/ready",
                     *           "seq_id": 1
                     *         }
                     *       ],
                     *       "edges": [],
                     *       "truncated": false
                     *     }
                     */
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    lineageOfWorkflow: {
        parameters: {
            query: {
                /** @description The workflow's id. */
                workflow_id: string;
                /** @description `downstream`: what came of it; `upstream`: what it came of. */
                direction?: string;
                /** @description How many steps to walk away from it, 1 to 20. */
                depth?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nodes": [
                     *         {
                     *           "kind": "WORKFLOW",
                     *           "workflow_id": "orders"
                     *         }
                     *       ],
                     *       "edges": [],
                     *       "truncated": false
                     *     }
                     */
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    apiDocumentDocument: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Not Modified */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterListFormerly: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": []
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfDeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterDiscardFormerly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-request";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    engineDeadLetterReplayFormerly: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Its id, as a list shows it. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLetter"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-request";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "refused-again";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    schemaYaml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": unknown;
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    schemaJson: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/schema+json": unknown;
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalNames: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "\r\u0019yô&󮆾󯭢Æ",
                     *         "end_cursor": ",./;'[]\\-=<>?:\"{}|_+!@#$%^&*()`~",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "name": "\r\u0019yô&󮆾󯭢Æ",
                     *           "last_seq_id": 1,
                     *           "last_time": 1795972557437
                     *         },
                     *         {
                     *           "name": ",./;'[]\\-=<>?:\"{}|_+!@#$%^&*()`~",
                     *           "last_seq_id": 1,
                     *           "last_time": 1795972519456
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfSignalName"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalAnnounce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "orders/ready",
                 *       "params": {
                 *         "date": 20210101
                 *       },
                 *       "request_id": "orders-2021-01-01"
                 *     }
                 */
                "application/json": components["schemas"]["SignalBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 1,
                     *       "instance_id": "orders-2021-01-01",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLIENT",
                     *       "announced_by": "ada",
                     *       "principal": "ada",
                     *       "request_time": 1795972632353,
                     *       "create_time": 1795972632353
                     *     }
                     */
                    "application/json": components["schemas"]["SignalView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-signal" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "signal-exists";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cloudEventAnnounce: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "specversion": "1.0",
                 *       "type": "orders/ready",
                 *       "id": "1",
                 *       "source": "/warehouse",
                 *       "time": "2021-01-01T06:00:00Z",
                 *       "data": {
                 *         "date": 20210101
                 *       }
                 *     }
                 */
                "application/cloudevents+json": components["schemas"]["CloudEventBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 2,
                     *       "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "payload": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLOUD_EVENT",
                     *       "announced_by": "/warehouse",
                     *       "principal": "ada",
                     *       "request_time": 1609480800000,
                     *       "create_time": 1795972632469
                     *     }
                     */
                    "application/json": components["schemas"]["SignalView"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 2,
                     *       "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "payload": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLOUD_EVENT",
                     *       "announced_by": "/warehouse",
                     *       "principal": "ada",
                     *       "request_time": 1609480800000,
                     *       "create_time": 1795972632469
                     *     }
                     */
                    "application/json": components["schemas"]["SignalView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-cloud-event" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-signal" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["PayloadTooLarge"];
            /** @description The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-cloud-event" | "unsupported-media-type";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadInstancesByQuery: {
        parameters: {
            query: {
                /** @description The signal's name, where a path can't say it. */
                name: string;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "2",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "name": "orders/ready",
                     *           "seq_id": 2,
                     *           "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *           "params": {
                     *             "date": 20210101
                     *           },
                     *           "payload": {
                     *             "date": 20210101
                     *           },
                     *           "origin": "CLOUD_EVENT",
                     *           "announced_by": "/warehouse",
                     *           "principal": "ada",
                     *           "request_time": 1609480800000,
                     *           "create_time": 1795972632469
                     *         },
                     *         {
                     *           "name": "orders/ready",
                     *           "seq_id": 1,
                     *           "instance_id": "orders-2021-01-01",
                     *           "params": {
                     *             "date": 20210101
                     *           },
                     *           "origin": "CLIENT",
                     *           "announced_by": "ada",
                     *           "principal": "ada",
                     *           "request_time": 1795972632353,
                     *           "create_time": 1795972632353
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfSignalView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadLatestByQuery: {
        parameters: {
            query: {
                /** @description The signal's name, where a path can't say it. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 2,
                     *       "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "payload": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLOUD_EVENT",
                     *       "announced_by": "/warehouse",
                     *       "principal": "ada",
                     *       "request_time": 1609480800000,
                     *       "create_time": 1795972632469,
                     *       "matches": [],
                     *       "gates": []
                     *     }
                     */
                    "application/json": components["schemas"]["SignalDetail"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadInstanceByQuery: {
        parameters: {
            query: {
                /** @description The signal's name, where a path can't say it. */
                name: string;
            };
            header?: never;
            path: {
                /** @description The signal's number among those of its name, from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 1,
                     *       "instance_id": "orders-2021-01-01",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLIENT",
                     *       "announced_by": "ada",
                     *       "principal": "ada",
                     *       "request_time": 1795972632353,
                     *       "create_time": 1795972632353,
                     *       "matches": [],
                     *       "gates": []
                     *     }
                     */
                    "application/json": components["schemas"]["SignalDetail"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadInstances: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The signal's name; a slash within it may stand as it is. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "2",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "name": "orders/ready",
                     *           "seq_id": 2,
                     *           "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *           "params": {
                     *             "date": 20210101
                     *           },
                     *           "payload": {
                     *             "date": 20210101
                     *           },
                     *           "origin": "CLOUD_EVENT",
                     *           "announced_by": "/warehouse",
                     *           "principal": "ada",
                     *           "request_time": 1609480800000,
                     *           "create_time": 1795972632469
                     *         },
                     *         {
                     *           "name": "orders/ready",
                     *           "seq_id": 1,
                     *           "instance_id": "orders-2021-01-01",
                     *           "params": {
                     *             "date": 20210101
                     *           },
                     *           "origin": "CLIENT",
                     *           "announced_by": "ada",
                     *           "principal": "ada",
                     *           "request_time": 1795972632353,
                     *           "create_time": 1795972632353
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfSignalView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadLatest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The signal's name; a slash within it may stand as it is. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 2,
                     *       "instance_id": "c810f63a-18f5-3dc8-b0e9-b664d37b79c2",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "payload": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLOUD_EVENT",
                     *       "announced_by": "/warehouse",
                     *       "principal": "ada",
                     *       "request_time": 1609480800000,
                     *       "create_time": 1795972632469,
                     *       "matches": [],
                     *       "gates": []
                     *     }
                     */
                    "application/json": components["schemas"]["SignalDetail"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    signalReadInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The signal's name; a slash within it may stand as it is. */
                name: string;
                /** @description The signal's number among those of its name, from 1. */
                number: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "orders/ready",
                     *       "seq_id": 1,
                     *       "instance_id": "orders-2021-01-01",
                     *       "params": {
                     *         "date": 20210101
                     *       },
                     *       "origin": "CLIENT",
                     *       "announced_by": "ada",
                     *       "principal": "ada",
                     *       "request_time": 1795972632353,
                     *       "create_time": 1795972632353,
                     *       "matches": [],
                     *       "gates": []
                     *     }
                     */
                    "application/json": components["schemas"]["SignalDetail"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-route" | "signal-not-found";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    liveStream: {
        parameters: {
            query?: never;
            header?: {
                /** @description Goes on behind the event with this id. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The caller asks for too much at a time. */
            429: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "too-many-requests" | "too-many-streams";
                    };
                };
            };
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "stopping" | "storage-full" | "too-many-requests" | "too-many-streams" | "unknown-outcome";
                    };
                };
            };
        };
    };
    tagPermitList: {
        parameters: {
            query?: {
                /** @description A tag's name. */
                tag?: string;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "nightly",
                     *         "end_cursor": "nightly",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "tag": "nightly",
                     *           "max_allowed": 3,
                     *           "timeline": [
                     *             {
                     *               "timestamp": 1795972632739,
                     *               "type": "ACTION",
                     *               "message": "At most 3 at the same time",
                     *               "action": "SET",
                     *               "author": "ada"
                     *             }
                     *           ],
                     *           "extra_info": {}
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfTagPermit"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-tag-permit";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    tagPermitSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "tag": "nightly",
                 *       "max_allowed": 3
                 *     }
                 */
                "application/json": components["schemas"]["TagPermitBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-max-allowed" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-tag" | "invalid-tag-permit" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    tagPermitDeleteNamed: {
        parameters: {
            query: {
                /** @description A tag's name. */
                tag: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tag": "nightly",
                     *       "max_allowed": 3,
                     *       "timeline": [
                     *         {
                     *           "timestamp": 1795972632739,
                     *           "type": "ACTION",
                     *           "message": "At most 3 at the same time",
                     *           "action": "SET",
                     *           "author": "ada"
                     *         }
                     *       ],
                     *       "extra_info": {}
                     *     }
                     */
                    "application/json": components["schemas"]["TagPermit"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-tag-permit";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    tagPermitGet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tag's name. */
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "tag": "nightly",
                     *       "max_allowed": 3,
                     *       "timeline": [
                     *         {
                     *           "timestamp": 1795972632739,
                     *           "type": "ACTION",
                     *           "message": "At most 3 at the same time",
                     *           "action": "SET",
                     *           "author": "ada"
                     *         }
                     *       ],
                     *       "extra_info": {}
                     *     }
                     */
                    "application/json": components["schemas"]["TagPermit"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-tag-permit";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    tagPermitDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A tag's name. */
                tag: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagPermit"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-an-administrator" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-tag-permit";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerList: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "0:orders",
                     *         "end_cursor": "0:sample-time-trigger-wf",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "workflow_id": "orders",
                     *           "version_id": 2,
                     *           "trigger_uuid": "6ba63f17-b2a4-301e-a52e-18810c8d0533",
                     *           "index": 0,
                     *           "trigger": {
                     *             "type": "CRON",
                     *             "cron": "0 6 * * *",
                     *             "timezone": "UTC"
                     *           },
                     *           "paused": false,
                     *           "lag_millis": 0,
                     *           "next_fires": [
                     *             {
                     *               "trigger_time": 1796018400000,
                     *               "fire_time": 1796018400000,
                     *               "local_time": "2026-11-30T06:00:00Z"
                     *             },
                     *             {
                     *               "trigger_time": 1796104800000,
                     *               "fire_time": 1796104800000,
                     *               "local_time": "2026-12-01T06:00:00Z"
                     *             }
                     *           ],
                     *           "zone_rules": "2026f"
                     *         },
                     *         {
                     *           "workflow_id": "sample-time-trigger-wf",
                     *           "version_id": 1,
                     *           "trigger_uuid": "13c9fb17-1ed6-3c38-8d13-3be88b52c170",
                     *           "index": 0,
                     *           "trigger": {
                     *             "type": "CRON",
                     *             "cron": "0 0 12 1/1 * ? *",
                     *             "timezone": "US/Pacific"
                     *           },
                     *           "paused": false,
                     *           "lag_millis": 0,
                     *           "next_fires": [
                     *             {
                     *               "trigger_time": 1795982400000,
                     *               "fire_time": 1795982400000,
                     *               "local_time": "2026-11-29T12:00:00-08:00"
                     *             },
                     *             {
                     *               "trigger_time": 1796068800000,
                     *               "fire_time": 1796068800000,
                     *               "local_time": "2026-11-30T12:00:00-08:00"
                     *             }
                     *           ],
                     *           "zone_rules": "2026f"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfTriggerView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerPreview: {
        parameters: {
            query?: {
                /** @description The workflow's id. */
                workflow_id?: string;
                /** @description Epoch milliseconds to count from; now, if left out. */
                from?: number;
                /** @description How many, 1 to 1,000. */
                count?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "type": "CRON",
                 *       "cron": "0 6 * * *",
                 *       "timezone": "UTC"
                 *     }
                 */
                "application/json": components["schemas"]["DefinitionTimeTrigger"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "next_fires": [
                     *         {
                     *           "trigger_time": 1796018400000,
                     *           "fire_time": 1796018400000,
                     *           "local_time": "2026-11-30T06:00:00Z"
                     *         },
                     *         {
                     *           "trigger_time": 1796104800000,
                     *           "fire_time": 1796104800000,
                     *           "local_time": "2026-12-01T06:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TriggerPreview"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-count" | "invalid-from" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-trigger" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowList: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
                /** @description Only those of this owner. */
                owner?: string;
                /** @description Only workflows with this tag. */
                tag?: string;
                /** @description Only workflows with this in their id, name or owner; case does not matter. */
                q?: string;
                /** @description Only workflows with, or without, an active version. */
                active?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "invoices",
                     *         "end_cursor": "orders",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "workflow_id": "invoices",
                     *           "internal_id": 10024,
                     *           "owner": "ada",
                     *           "active_version_id": 1,
                     *           "latest_version_id": 1,
                     *           "latest_instance_id": 0,
                     *           "create_time": 1795972633386,
                     *           "modify_time": 1795972633386
                     *         },
                     *         {
                     *           "workflow_id": "orders",
                     *           "internal_id": 10023,
                     *           "name": "Orders of a day",
                     *           "owner": "ada",
                     *           "active_version_id": 2,
                     *           "latest_version_id": 2,
                     *           "latest_instance_id": 3,
                     *           "create_time": 1795972631219,
                     *           "modify_time": 1795972633630
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfWorkflowSummary"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "no-role" | "not-loopback";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    definitionPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "properties": {
                 *         "owner": "ada",
                 *         "run_strategy": {
                 *           "rule": "PARALLEL",
                 *           "workflow_concurrency": 20
                 *         }
                 *       },
                 *       "is_active": true,
                 *       "workflow": {
                 *         "id": "orders",
                 *         "name": "Orders of a day",
                 *         "params": {
                 *           "date": {
                 *             "type": "STRING",
                 *             "value": "20210101"
                 *           }
                 *         },
                 *         "time_triggers": [
                 *           {
                 *             "type": "CRON",
                 *             "cron": "0 6 * * *",
                 *             "timezone": "UTC"
                 *           }
                 *         ],
                 *         "steps": [
                 *           {
                 *             "step": {
                 *               "id": "extract",
                 *               "type": "Shell",
                 *               "params": {
                 *                 "script": {
                 *                   "type": "STRING",
                 *                   "value": "echo orders of ${date}"
                 *                 }
                 *               },
                 *               "transition": {
                 *                 "successors": {
                 *                   "regions": "true"
                 *                 }
                 *               }
                 *             }
                 *           },
                 *           {
                 *             "foreach": {
                 *               "id": "regions",
                 *               "params": {
                 *                 "loop_params": {
                 *                   "type": "MAP",
                 *                   "value": {
                 *                     "region": {
                 *                       "type": "STRING_ARRAY",
                 *                       "value": [
                 *                         "eu",
                 *                         "us",
                 *                         "asia"
                 *                       ]
                 *                     }
                 *                   }
                 *                 }
                 *               },
                 *               "steps": [
                 *                 {
                 *                   "step": {
                 *                     "id": "load",
                 *                     "type": "NoOp"
                 *                   }
                 *                 }
                 *               ]
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WorkflowPush"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_definition": {
                     *         "properties_snapshot": {
                     *           "workflow_id": "orders",
                     *           "create_time": 1795972631219,
                     *           "author": "ada",
                     *           "owner": "ada",
                     *           "run_strategy": {
                     *             "rule": "PARALLEL",
                     *             "workflow_concurrency": 20
                     *           }
                     *         },
                     *         "metadata": {
                     *           "workflow_id": "orders",
                     *           "workflow_version_id": 2,
                     *           "create_time": 1795972633019,
                     *           "version_author": "ada"
                     *         },
                     *         "workflow": {
                     *           "id": "orders",
                     *           "name": "Orders of a day",
                     *           "time_triggers": [
                     *             {
                     *               "type": "CRON",
                     *               "cron": "0 6 * * *",
                     *               "timezone": "UTC"
                     *             }
                     *           ],
                     *           "params": {
                     *             "date": {
                     *               "type": "STRING",
                     *               "value": "20210101"
                     *             }
                     *           },
                     *           "steps": [
                     *             {
                     *               "step": {
                     *                 "id": "extract",
                     *                 "type": "Shell",
                     *                 "params": {
                     *                   "script": {
                     *                     "type": "STRING",
                     *                     "value": "echo orders of ${date}"
                     *                   }
                     *                 },
                     *                 "transition": {
                     *                   "successors": {
                     *                     "regions": "true"
                     *                   }
                     *                 }
                     *               }
                     *             },
                     *             {
                     *               "foreach": {
                     *                 "id": "regions",
                     *                 "strict_ordering": false,
                     *                 "params": {
                     *                   "loop_params": {
                     *                     "type": "MAP",
                     *                     "value": {
                     *                       "region": {
                     *                         "type": "STRING_ARRAY",
                     *                         "value": [
                     *                           "eu",
                     *                           "us"
                     *                         ]
                     *                       }
                     *                     }
                     *                   }
                     *                 },
                     *                 "steps": [
                     *                   {
                     *                     "step": {
                     *                       "id": "load",
                     *                       "type": "NoOp"
                     *                     }
                     *                   }
                     *                 ]
                     *               }
                     *             }
                     *           ]
                     *         },
                     *         "is_active": true,
                     *         "activate_time": 1795972633019,
                     *         "activated_by": "ada",
                     *         "is_latest": true,
                     *         "is_default": true,
                     *         "modify_time": 1795972633019,
                     *         "internal_id": 10023
                     *       },
                     *       "next_fires": [
                     *         {
                     *           "index": 0,
                     *           "trigger_time": 1796018400000,
                     *           "fire_time": 1796018400000,
                     *           "local_time": "2026-11-30T06:00:00Z"
                     *         },
                     *         {
                     *           "index": 0,
                     *           "trigger_time": 1796104800000,
                     *           "fire_time": 1796104800000,
                     *           "local_time": "2026-12-01T06:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PushAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-definition" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-json" | "malformed-request" | "owner-required" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "may-not-start" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    definitionValidate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "properties": {
                 *         "owner": "ada",
                 *         "run_strategy": {
                 *           "rule": "PARALLEL",
                 *           "workflow_concurrency": 20
                 *         }
                 *       },
                 *       "is_active": true,
                 *       "workflow": {
                 *         "id": "orders",
                 *         "name": "Orders of a day",
                 *         "params": {
                 *           "date": {
                 *             "type": "STRING",
                 *             "value": "20210101"
                 *           }
                 *         },
                 *         "time_triggers": [
                 *           {
                 *             "type": "CRON",
                 *             "cron": "0 6 * * *",
                 *             "timezone": "UTC"
                 *           }
                 *         ],
                 *         "steps": [
                 *           {
                 *             "step": {
                 *               "id": "extract",
                 *               "type": "Shell",
                 *               "params": {
                 *                 "script": {
                 *                   "type": "STRING",
                 *                   "value": "echo orders of ${date}"
                 *                 }
                 *               },
                 *               "transition": {
                 *                 "successors": {
                 *                   "regions": "true"
                 *                 }
                 *               }
                 *             }
                 *           },
                 *           {
                 *             "foreach": {
                 *               "id": "regions",
                 *               "params": {
                 *                 "loop_params": {
                 *                   "type": "MAP",
                 *                   "value": {
                 *                     "region": {
                 *                       "type": "STRING_ARRAY",
                 *                       "value": [
                 *                         "eu",
                 *                         "us",
                 *                         "asia"
                 *                       ]
                 *                     }
                 *                   }
                 *                 }
                 *               },
                 *               "steps": [
                 *                 {
                 *                   "step": {
                 *                     "id": "load",
                 *                     "type": "NoOp"
                 *                   }
                 *                 }
                 *               ]
                 *             }
                 *           }
                 *         ]
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["WorkflowPush"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972633224,
                     *       "type": "LOG",
                     *       "message": "Workflow [orders] is valid: 2 steps",
                     *       "level": "INFO"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-definition" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-json" | "malformed-request" | "owner-required" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    yamlValidate: {
        parameters: {
            query?: {
                /** @description The name that problems show. */
                file?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "application/yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "application/x-yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "text/yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "text/x-yaml": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972633243,
                     *       "type": "LOG",
                     *       "message": "Workflow [invoices] is valid: 1 steps",
                     *       "level": "INFO"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-definition" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-json" | "malformed-request" | "owner-required" | "several-definitions" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    instanceActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "STOPPED": [
                     *         "RESTART"
                     *       ],
                     *       "CREATED": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "TIMED_OUT": [
                     *         "RESTART"
                     *       ],
                     *       "FAILED": [
                     *         "RESTART",
                     *         "UNBLOCK"
                     *       ],
                     *       "IN_PROGRESS": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "PAUSED": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "SUCCEEDED": [
                     *         "RESTART"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        [key: string]: string[];
                    };
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    breakpointList: {
        parameters: {
            query: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description The step's id. */
                stepId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "workflow_id": "orders",
                     *         "step_id": "extract",
                     *         "create_time": 1795972633254,
                     *         "created_by": "ada"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StepBreakpoint"][];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    breakpointSet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "workflow_id": "orders",
                 *       "step_id": "extract"
                 *     }
                 */
                "application/json": components["schemas"]["BreakpointBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "step_id": "extract",
                     *       "create_time": 1795972633254,
                     *       "created_by": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["StepBreakpoint"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-breakpoint" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-step-id" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    breakpointDelete: {
        parameters: {
            query: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description The step's id. */
                stepId: string;
                /** @description Whether those that are held go on. */
                resume?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "step_id": "extract",
                     *       "deleted": 1,
                     *       "resumed": 2
                     *     }
                     */
                    "application/json": components["schemas"]["RemovalAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    breakpointPaused: {
        parameters: {
            query: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description The step's id. */
                stepId: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_version_id": 2,
                     *         "workflow_instance_id": 2,
                     *         "workflow_run_id": 1,
                     *         "step_id": "extract",
                     *         "step_attempt_id": 1,
                     *         "create_time": 1795972633929
                     *       },
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_version_id": 2,
                     *         "workflow_instance_id": 3,
                     *         "workflow_run_id": 1,
                     *         "step_id": "extract",
                     *         "step_attempt_id": 1,
                     *         "create_time": 1795972634127
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["PausedAttempt"][];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    breakpointResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1. */
                runId: number;
                /** @description The step's id. */
                stepId: string;
                /** @description Number of the step attempt, from 1. */
                attemptId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StepActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-step-attempt" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not-paused";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    stepActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "INITIALIZED": [
                     *         "PAUSE",
                     *         "STOP"
                     *       ],
                     *       "USER_FAILED": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "TIMEOUT_FAILED": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "TIMED_OUT": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "UNSATISFIED": [
                     *         "RESTART"
                     *       ],
                     *       "RUNNING": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "COMPLETED_WITH_ERROR": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "DISABLED": [
                     *         "RESTART"
                     *       ],
                     *       "CREATED": [
                     *         "PAUSE",
                     *         "STOP"
                     *       ],
                     *       "PAUSED": [
                     *         "RESUME",
                     *         "STOP"
                     *       ],
                     *       "NOT_CREATED": [],
                     *       "STOPPED": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "WAITING_FOR_SIGNALS": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "PLATFORM_FAILED": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "FINISHING": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "STARTING": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "WAITING_FOR_PERMITS": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "EVALUATING_PARAMS": [
                     *         "STOP",
                     *         "KILL"
                     *       ],
                     *       "SUCCEEDED": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "INTERNALLY_FAILED": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "SKIPPED": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ],
                     *       "FATALLY_FAILED": [
                     *         "RESTART",
                     *         "SKIP"
                     *       ]
                     *     }
                     */
                    "application/json": {
                        [key: string]: string[];
                    };
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    yamlPush: {
        parameters: {
            query?: {
                /** @description The name that problems show. */
                file?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "application/yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "application/x-yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "text/yaml": string;
                /**
                 * @example workflow:
                 *       id: invoices
                 *       owner: ada
                 *       jobs:
                 *         - id: extract
                 *           type: NoOp
                 */
                "text/x-yaml": string;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_definition": {
                     *         "properties_snapshot": {
                     *           "workflow_id": "invoices",
                     *           "create_time": 1795972633386,
                     *           "author": "ada",
                     *           "owner": "ada"
                     *         },
                     *         "metadata": {
                     *           "workflow_id": "invoices",
                     *           "workflow_version_id": 1,
                     *           "create_time": 1795972633386,
                     *           "version_author": "ada"
                     *         },
                     *         "workflow": {
                     *           "id": "invoices",
                     *           "steps": [
                     *             {
                     *               "step": {
                     *                 "id": "extract",
                     *                 "type": "NoOp"
                     *               }
                     *             }
                     *           ]
                     *         },
                     *         "is_active": true,
                     *         "activate_time": 1795972633386,
                     *         "activated_by": "ada",
                     *         "is_latest": true,
                     *         "is_default": true,
                     *         "modify_time": 1795972633386,
                     *         "internal_id": 10024
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PushAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-definition" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-json" | "malformed-request" | "owner-required" | "several-definitions" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "may-not-start" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowDeactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_version_id": 2,
                     *       "timeline_event": {
                     *         "timestamp": 1795972637208,
                     *         "type": "LOG",
                     *         "message": "User [ada] deactivated version [2]",
                     *         "level": "INFO"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["VersionChange"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startKillAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972637339,
                     *       "type": "ACTION",
                     *       "message": "2 instances are being ended",
                     *       "action": "KILL",
                     *       "author": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972637737,
                     *       "type": "LOG",
                     *       "message": "User [ada] paused the workflow",
                     *       "level": "INFO"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972637844,
                     *       "type": "LOG",
                     *       "message": "User [ada] resumed the workflow",
                     *       "level": "INFO"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startStopAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972638117,
                     *       "type": "ACTION",
                     *       "message": "1 instances are being ended",
                     *       "action": "STOP",
                     *       "author": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startUnblockAll: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "timestamp": 1795972638231,
                     *       "type": "ACTION",
                     *       "message": "1 failed runs hold nothing back",
                     *       "action": "UNBLOCK",
                     *       "author": "ada"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineEvent"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    backfillList: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "01a22841f746-2d66d196-00000000014b",
                     *         "end_cursor": "01a22841f746-2d66d196-00000000014b",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "elements": [
                     *         {
                     *           "id": "01a22841f746-2d66d196-00000000014b",
                     *           "workflow_id": "orders",
                     *           "version": "active",
                     *           "status": "RUNNING",
                     *           "created_by": "ada",
                     *           "create_time": 1795972633567,
                     *           "modify_time": 1795972633620,
                     *           "range": {
                     *             "of": "days",
                     *             "from": "2021-01-01",
                     *             "to": "2021-01-03",
                     *             "step": 1,
                     *             "zone": "UTC"
                     *           },
                     *           "param": "date",
                     *           "order": "OLDEST_FIRST",
                     *           "concurrency": 2,
                     *           "run_params": {},
                     *           "counts": {
                     *             "total": 3,
                     *             "skipped": 0,
                     *             "waiting": 1,
                     *             "running": 2,
                     *             "succeeded": 0,
                     *             "failed": 0,
                     *             "timed_out": 0,
                     *             "stopped": 0
                     *           },
                     *           "runs_per_second": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfBackfillView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    backfillCreate: {
        parameters: {
            query?: {
                /** @description Only says what would happen. */
                dry_run?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "param": "date",
                 *       "days": {
                 *         "from": "20210101",
                 *         "to": "20210103"
                 *       },
                 *       "concurrency": 2
                 *     }
                 */
                "application/json": components["schemas"]["BackfillBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a22841f746-2d66d196-00000000014b",
                     *       "workflow_id": "orders",
                     *       "version": "active",
                     *       "status": "RUNNING",
                     *       "created_by": "ada",
                     *       "create_time": 1795972633567,
                     *       "modify_time": 1795972633567,
                     *       "range": {
                     *         "of": "days",
                     *         "from": "2021-01-01",
                     *         "to": "2021-01-03",
                     *         "step": 1,
                     *         "zone": "UTC"
                     *       },
                     *       "param": "date",
                     *       "order": "OLDEST_FIRST",
                     *       "concurrency": 2,
                     *       "run_params": {},
                     *       "first_value": "20210101",
                     *       "last_value": "20210103",
                     *       "counts": {
                     *         "total": 3,
                     *         "skipped": 0,
                     *         "waiting": 3,
                     *         "running": 0,
                     *         "succeeded": 0,
                     *         "failed": 0,
                     *         "timed_out": 0,
                     *         "stopped": 0
                     *       },
                     *       "runs_per_second": 0,
                     *       "failures": []
                     *     }
                     */
                    "application/json": components["schemas"]["BackfillView"] | components["schemas"]["BackfillPlan"];
                };
            };
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "01a22841f746-2d66d196-00000000014b",
                     *       "workflow_id": "orders",
                     *       "version": "active",
                     *       "status": "RUNNING",
                     *       "created_by": "ada",
                     *       "create_time": 1795972633567,
                     *       "modify_time": 1795972633567,
                     *       "range": {
                     *         "of": "days",
                     *         "from": "2021-01-01",
                     *         "to": "2021-01-03",
                     *         "step": 1,
                     *         "zone": "UTC"
                     *       },
                     *       "param": "date",
                     *       "order": "OLDEST_FIRST",
                     *       "concurrency": 2,
                     *       "run_params": {},
                     *       "first_value": "20210101",
                     *       "last_value": "20210103",
                     *       "counts": {
                     *         "total": 3,
                     *         "skipped": 0,
                     *         "waiting": 3,
                     *         "running": 0,
                     *         "succeeded": 0,
                     *         "failed": 0,
                     *         "timed_out": 0,
                     *         "stopped": 0
                     *       },
                     *       "runs_per_second": 0,
                     *       "failures": []
                     *     }
                     */
                    "application/json": components["schemas"]["BackfillView"] | components["schemas"]["BackfillPlan"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-backfill" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-json" | "malformed-request" | "no-such-param" | "no-such-step" | "unknown-field" | "unreadable-body" | "unstorable-text" | "value-does-not-fit";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-backfill" | "no-such-instance" | "no-such-loop" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "another-instance-runs" | "instance-changing" | "other-workflow" | "still-running" | "unreadable-run" | "workflow-changes" | "workflow-changing";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "not-yet" | "nothing-to-run" | "version-does-not-fit";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "start-not-confirmed" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    instanceList: {
        parameters: {
            query?: {
                /** @description Only those of this status. */
                status?: components["schemas"]["RunStatus"];
                /** @description Only those created at this time or later. */
                from?: number;
                /** @description Only those created before this time. */
                to?: number;
                /** @description Whether to show each step as the last of all runs that created it left it. */
                aggregated?: boolean;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "3",
                     *         "end_cursor": "2",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "total_count": 3,
                     *       "elements": [
                     *         {
                     *           "workflow_id": "orders",
                     *           "workflow_instance_id": 3,
                     *           "workflow_run_id": 1,
                     *           "workflow_uuid": "16eefec7-e462-3fc1-bdb6-372ef66f3ffd",
                     *           "correlation_id": "orders:3:1",
                     *           "workflow_version_id": 2,
                     *           "group_info": 7,
                     *           "internal_id": 10023,
                     *           "execution_id": "16eefec7-e462-3fc1-bdb6-372ef66f3ffd",
                     *           "run_config": {
                     *             "policy": "START_FRESH_NEW_RUN",
                     *             "correlation_id": "orders:3:1",
                     *             "runtime_tags": [
                     *               {
                     *                 "name": "backfill:01a22841f746-2d66d196-00000000014b"
                     *               },
                     *               {
                     *                 "name": "nightly"
                     *               }
                     *             ]
                     *           },
                     *           "run_params": {
                     *             "date": {
                     *               "type": "STRING",
                     *               "value": "20210102"
                     *             }
                     *           },
                     *           "run_properties": {
                     *             "create_time": 1795972633927,
                     *             "owner": "ada",
                     *             "step_concurrency": 3
                     *           },
                     *           "timeout_in_millis": 864000000,
                     *           "params": {
                     *             "date": {
                     *               "type": "STRING",
                     *               "value": "20210102",
                     *               "mode": "MUTABLE",
                     *               "source": "LAUNCH",
                     *               "evaluated_result": "20210102",
                     *               "evaluated_time": 1795972633837,
                     *               "tags": []
                     *             }
                     *           },
                     *           "initiator": {
                     *             "type": "MANUAL",
                     *             "user": "ada"
                     *           },
                     *           "status": "IN_PROGRESS",
                     *           "request_time": 1795972633837,
                     *           "create_time": 1795972633927,
                     *           "start_time": 1795972634127,
                     *           "modify_time": 1795972634127,
                     *           "runtime_overview": {
                     *             "run_status": "IN_PROGRESS"
                     *           },
                     *           "timeline": []
                     *         },
                     *         {
                     *           "workflow_id": "orders",
                     *           "workflow_instance_id": 2,
                     *           "workflow_run_id": 1,
                     *           "workflow_uuid": "7fb016d9-8c6f-3aab-ac67-8b22d351d1c8",
                     *           "correlation_id": "orders:2:1",
                     *           "workflow_version_id": 2,
                     *           "group_info": 18,
                     *           "internal_id": 10023,
                     *           "execution_id": "7fb016d9-8c6f-3aab-ac67-8b22d351d1c8",
                     *           "run_config": {
                     *             "policy": "START_FRESH_NEW_RUN",
                     *             "correlation_id": "orders:2:1",
                     *             "runtime_tags": [
                     *               {
                     *                 "name": "backfill:01a22841f746-2d66d196-00000000014b"
                     *               },
                     *               {
                     *                 "name": "nightly"
                     *               }
                     *             ]
                     *           },
                     *           "run_params": {
                     *             "date": {
                     *               "type": "STRING",
                     *               "value": "20210101"
                     *             }
                     *           },
                     *           "run_properties": {
                     *             "create_time": 1795972633816,
                     *             "owner": "ada",
                     *             "step_concurrency": 3
                     *           },
                     *           "timeout_in_millis": 864000000,
                     *           "params": {
                     *             "date": {
                     *               "type": "STRING",
                     *               "value": "20210101",
                     *               "mode": "MUTABLE",
                     *               "source": "LAUNCH",
                     *               "evaluated_result": "20210101",
                     *               "evaluated_time": 1795972633795,
                     *               "tags": []
                     *             }
                     *           },
                     *           "initiator": {
                     *             "type": "MANUAL",
                     *             "user": "ada"
                     *           },
                     *           "status": "IN_PROGRESS",
                     *           "request_time": 1795972633795,
                     *           "create_time": 1795972633816,
                     *           "start_time": 1795972633929,
                     *           "modify_time": 1795972633929,
                     *           "runtime_overview": {
                     *             "run_status": "IN_PROGRESS"
                     *           },
                     *           "timeline": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfInstanceView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    instanceInstance: {
        parameters: {
            query?: {
                /** @description Whether to show more: the definition and its edges of a run, the parameters by themselves of a version. */
                enriched?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "workflow_uuid": "orders-2021-01-01",
                     *       "correlation_id": "orders:1:1",
                     *       "workflow_version_id": 1,
                     *       "group_info": 16,
                     *       "internal_id": 10023,
                     *       "execution_id": "orders-2021-01-01",
                     *       "run_config": {
                     *         "policy": "START_FRESH_NEW_RUN",
                     *         "correlation_id": "orders:1:1",
                     *         "runtime_tags": []
                     *       },
                     *       "run_params": {
                     *         "date": {
                     *           "type": "STRING",
                     *           "value": "20210101"
                     *         }
                     *       },
                     *       "run_properties": {
                     *         "create_time": 1795972631249,
                     *         "owner": "ada"
                     *       },
                     *       "timeout_in_millis": 864000000,
                     *       "params": {
                     *         "date": {
                     *           "type": "STRING",
                     *           "value": "20210101",
                     *           "mode": "MUTABLE",
                     *           "source": "LAUNCH",
                     *           "evaluated_result": "20210101",
                     *           "evaluated_time": 1795972631249,
                     *           "tags": []
                     *         }
                     *       },
                     *       "initiator": {
                     *         "type": "MANUAL",
                     *         "user": "ada"
                     *       },
                     *       "status": "SUCCEEDED",
                     *       "request_time": 1795972631249,
                     *       "create_time": 1795972631249,
                     *       "start_time": 1795972631263,
                     *       "end_time": 1795972631408,
                     *       "modify_time": 1795972631408,
                     *       "runtime_overview": {
                     *         "total_step_count": 2,
                     *         "step_overview": {
                     *           "SUCCEEDED": {
                     *             "cnt": 2,
                     *             "steps": [
                     *               [
                     *                 1,
                     *                 1795972631263
                     *               ],
                     *               [
                     *                 2,
                     *                 1795972631368
                     *               ]
                     *             ]
                     *           }
                     *         },
                     *         "rollup_overview": {
                     *           "total_leaf_count": 4,
                     *           "overview": {
                     *             "SUCCEEDED": {
                     *               "cnt": 4
                     *             }
                     *           }
                     *         },
                     *         "run_status": "SUCCEEDED"
                     *       },
                     *       "timeline": [],
                     *       "aggregated_info": {
                     *         "workflow_instance_status": "SUCCEEDED",
                     *         "step_aggregated_views": {
                     *           "extract": {
                     *             "workflow_run_id": 1,
                     *             "status": "SUCCEEDED",
                     *             "start_time": 1795972631263,
                     *             "end_time": 1795972631368
                     *           },
                     *           "regions": {
                     *             "workflow_run_id": 1,
                     *             "status": "SUCCEEDED",
                     *             "start_time": 1795972631368,
                     *             "end_time": 1795972631408
                     *           }
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    startRestart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "request_id": "again-2021-01-01",
                 *       "restart_policy": "RESTART_FROM_BEGINNING",
                 *       "run_params": {
                 *         "date": {
                 *           "type": "STRING",
                 *           "value": "20210102"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RestartBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_version_id": 1,
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 2,
                     *       "workflow_uuid": "again-2021-01-01",
                     *       "status": "CREATED",
                     *       "timeline_event": {
                     *         "timestamp": 1795972638592,
                     *         "type": "LOG",
                     *         "message": "Run orders#1.2 is accepted as CREATED",
                     *         "level": "INFO"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Started"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "artifacts-of-a-part" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-json" | "malformed-request" | "no-step-named" | "no-such-param" | "no-such-step" | "unknown-field" | "unknown-restart-policy" | "unknown-upstream-restart-mode" | "unreadable-body" | "unstorable-text" | "version-below-another-run" | "version-of-an-iteration";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner" | "not-the-owner-above";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-instance" | "no-such-loop" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ancestor-still-running" | "another-instance-runs" | "instance-changing" | "other-workflow" | "still-running" | "unreadable-run" | "version-of-a-live-run" | "workflow-changing";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "nothing-to-run" | "version-does-not-fit";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startAct: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description What to do. */
                action: "stop" | "kill" | "unblock";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 2,
                     *       "workflow_instance_status": "STOPPED",
                     *       "info": "Done",
                     *       "timeline_event": {
                     *         "timestamp": 1795972638794,
                     *         "type": "ACTION",
                     *         "message": "Asked for by ada",
                     *         "action": "STOP",
                     *         "author": "ada"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RunActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-instance" | "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not-failed";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    instanceRuns: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "1",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "total_count": 1,
                     *       "elements": [
                     *         {
                     *           "workflow_id": "orders",
                     *           "workflow_instance_id": 1,
                     *           "workflow_run_id": 1,
                     *           "workflow_uuid": "orders-2021-01-01",
                     *           "workflow_version_id": 1,
                     *           "owner": "ada",
                     *           "initiator": {
                     *             "type": "MANUAL",
                     *             "user": "ada"
                     *           },
                     *           "policy": "START_FRESH_NEW_RUN",
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631249,
                     *           "start_time": 1795972631263,
                     *           "end_time": 1795972631408,
                     *           "modify_time": 1795972631408
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfRunSummary"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    startActOnRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1. */
                runId: number;
                /** @description What to do. */
                action: "stop" | "kill" | "unblock";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "workflow_instance_status": "SUCCEEDED",
                     *       "info": "The run has ended already",
                     *       "timeline_event": {
                     *         "timestamp": 1795972639292,
                     *         "type": "ACTION",
                     *         "message": "Asked for by ada",
                     *         "action": "STOP",
                     *         "author": "ada"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RunActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-instance" | "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "not-failed";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    logRead: {
        parameters: {
            query?: {
                /** @description `stdout` or `stderr`. */
                stream?: string;
                /** @description The first byte, from 0. */
                offset?: number;
                /** @description Bytes at most. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1. */
                runId: number;
                /** @description The step's id. */
                stepId: string;
                /** @description Number of the step attempt, from 1, or `latest`. */
                attemptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "stream": "stdout",
                     *       "offset": 0,
                     *       "next_offset": 19,
                     *       "text": "orders of 20210101\n",
                     *       "eof": true
                     *     }
                     */
                    "application/json": components["schemas"]["LogText"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "bad-attempt" | "bad-offset" | "bad-stream" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "attempt-not-found" | "log-not-found" | "no-such-loop";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    logFollow: {
        parameters: {
            query?: {
                /** @description `stdout` or `stderr`. */
                stream?: string;
                /** @description The first byte, from 0. */
                offset?: number;
            };
            header?: {
                /** @description Goes on behind the event with this id. */
                "Last-Event-ID"?: number;
            };
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1. */
                runId: number;
                /** @description The step's id. */
                stepId: string;
                /** @description Number of the step attempt, from 1, or `latest`. */
                attemptId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "bad-attempt" | "bad-offset" | "bad-stream" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "attempt-not-found" | "log-not-found" | "no-such-loop";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The caller asks for too much at a time. */
            429: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "too-many-requests" | "too-many-streams";
                    };
                };
            };
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "too-many-streams" | "unknown-outcome";
                    };
                };
            };
        };
    };
    instanceRun: {
        parameters: {
            query?: {
                /** @description Whether to show more: the definition and its edges of a run, the parameters by themselves of a version. */
                enriched?: boolean;
                /** @description Whether to show each step as the last of all runs that created it left it. */
                aggregated?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "workflow_uuid": "orders-2021-01-01",
                     *       "correlation_id": "orders:1:1",
                     *       "workflow_version_id": 1,
                     *       "group_info": 16,
                     *       "internal_id": 10023,
                     *       "execution_id": "orders-2021-01-01",
                     *       "run_config": {
                     *         "policy": "START_FRESH_NEW_RUN",
                     *         "correlation_id": "orders:1:1",
                     *         "runtime_tags": []
                     *       },
                     *       "run_params": {
                     *         "date": {
                     *           "type": "STRING",
                     *           "value": "20210101"
                     *         }
                     *       },
                     *       "run_properties": {
                     *         "create_time": 1795972631249,
                     *         "owner": "ada"
                     *       },
                     *       "timeout_in_millis": 864000000,
                     *       "params": {
                     *         "date": {
                     *           "type": "STRING",
                     *           "value": "20210101",
                     *           "mode": "MUTABLE",
                     *           "source": "LAUNCH",
                     *           "evaluated_result": "20210101",
                     *           "evaluated_time": 1795972631249,
                     *           "tags": []
                     *         }
                     *       },
                     *       "initiator": {
                     *         "type": "MANUAL",
                     *         "user": "ada"
                     *       },
                     *       "status": "SUCCEEDED",
                     *       "request_time": 1795972631249,
                     *       "create_time": 1795972631249,
                     *       "start_time": 1795972631263,
                     *       "end_time": 1795972631408,
                     *       "modify_time": 1795972631408,
                     *       "runtime_overview": {
                     *         "rollup_overview": {
                     *           "total_leaf_count": 4,
                     *           "overview": {
                     *             "SUCCEEDED": {
                     *               "cnt": 4
                     *             }
                     *           }
                     *         },
                     *         "run_status": "SUCCEEDED"
                     *       },
                     *       "timeline": []
                     *     }
                     */
                    "application/json": components["schemas"]["InstanceView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepSteps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_instance_id": 1,
                     *         "workflow_run_id": 1,
                     *         "step_id": "extract",
                     *         "step_attempt_id": 1,
                     *         "workflow_uuid": "orders-2021-01-01",
                     *         "step_uuid": "7ac520ef-9636-3235-b253-e9c4d33e3596",
                     *         "correlation_id": "orders:1:1",
                     *         "step_instance_id": 1,
                     *         "workflow_version_id": 1,
                     *         "group_info": 16,
                     *         "owner": "ada",
                     *         "definition": {
                     *           "step": {
                     *             "id": "extract",
                     *             "type": "Shell",
                     *             "params": {
                     *               "script": {
                     *                 "type": "STRING",
                     *                 "value": "echo orders of ${date}"
                     *               }
                     *             },
                     *             "transition": {
                     *               "successors": {
                     *                 "regions": "true"
                     *               }
                     *             }
                     *           }
                     *         },
                     *         "tags": [],
                     *         "params": {
                     *           "script": {
                     *             "type": "STRING",
                     *             "value": "echo orders of ${date}",
                     *             "mode": "MUTABLE",
                     *             "source": "DEFINITION",
                     *             "evaluated_result": "echo orders of 20210101",
                     *             "evaluated_time": 1795972631263,
                     *             "tags": []
                     *           }
                     *         },
                     *         "transition": {
                     *           "predecessors": [],
                     *           "successors": {
                     *             "regions": {
                     *               "type": "BOOLEAN",
                     *               "expression": "true",
                     *               "evaluated_result": true,
                     *               "evaluated_time": 1795972631368,
                     *               "mode": "MUTABLE",
                     *               "source": "DEFINITION",
                     *               "tags": []
                     *             }
                     *           }
                     *         },
                     *         "step_retry": {
                     *           "error_retries": 0,
                     *           "platform_retries": 0,
                     *           "timeout_retries": 0,
                     *           "manual_retries": 0
                     *         },
                     *         "runtime_state": {
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631263,
                     *           "initialize_time": 1795972631263,
                     *           "wait_signal_time": 1795972631263,
                     *           "evaluate_param_time": 1795972631263,
                     *           "wait_permit_time": 1795972631263,
                     *           "start_time": 1795972631263,
                     *           "execute_time": 1795972631306,
                     *           "finish_time": 1795972631368,
                     *           "end_time": 1795972631368,
                     *           "modify_time": 1795972631368
                     *         },
                     *         "signal_outputs": {
                     *           "outputs": []
                     *         },
                     *         "artifacts": {
                     *           "maestro_shell": {
                     *             "type": "SHELL",
                     *             "pid": 2726,
                     *             "host": "vm",
                     *             "exit_code": 0
                     *           }
                     *         },
                     *         "timeline": []
                     *       },
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_instance_id": 1,
                     *         "workflow_run_id": 1,
                     *         "step_id": "regions",
                     *         "step_attempt_id": 1,
                     *         "workflow_uuid": "orders-2021-01-01",
                     *         "step_uuid": "9cdce70b-1f68-3d70-96e6-af138d65b0ca",
                     *         "correlation_id": "orders:1:1",
                     *         "step_instance_id": 2,
                     *         "workflow_version_id": 1,
                     *         "group_info": 16,
                     *         "owner": "ada",
                     *         "definition": {
                     *           "foreach": {
                     *             "id": "regions",
                     *             "strict_ordering": false,
                     *             "params": {
                     *               "loop_params": {
                     *                 "type": "MAP",
                     *                 "value": {
                     *                   "region": {
                     *                     "type": "STRING_ARRAY",
                     *                     "value": [
                     *                       "eu",
                     *                       "us"
                     *                     ]
                     *                   }
                     *                 }
                     *               }
                     *             },
                     *             "steps": [
                     *               {
                     *                 "step": {
                     *                   "id": "load",
                     *                   "type": "NoOp"
                     *                 }
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "tags": [],
                     *         "params": {
                     *           "loop_params": {
                     *             "type": "MAP",
                     *             "value": {
                     *               "region": {
                     *                 "type": "STRING_ARRAY",
                     *                 "value": [
                     *                   "eu",
                     *                   "us"
                     *                 ],
                     *                 "mode": "MUTABLE_ON_START",
                     *                 "source": "DEFINITION"
                     *               }
                     *             },
                     *             "mode": "MUTABLE_ON_START",
                     *             "source": "DEFINITION",
                     *             "validator": "@NotEmpty",
                     *             "evaluated_result": {
                     *               "region": [
                     *                 "eu",
                     *                 "us"
                     *               ]
                     *             },
                     *             "evaluated_time": 1795972631368,
                     *             "tags": []
                     *           }
                     *         },
                     *         "transition": {
                     *           "predecessors": [
                     *             "extract"
                     *           ],
                     *           "successors": {}
                     *         },
                     *         "step_retry": {
                     *           "error_retries": 0,
                     *           "platform_retries": 0,
                     *           "timeout_retries": 0,
                     *           "manual_retries": 0
                     *         },
                     *         "runtime_state": {
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631368,
                     *           "initialize_time": 1795972631368,
                     *           "wait_signal_time": 1795972631368,
                     *           "evaluate_param_time": 1795972631368,
                     *           "wait_permit_time": 1795972631368,
                     *           "start_time": 1795972631368,
                     *           "execute_time": 1795972631368,
                     *           "finish_time": 1795972631408,
                     *           "end_time": 1795972631408,
                     *           "modify_time": 1795972631408
                     *         },
                     *         "signal_outputs": {
                     *           "outputs": []
                     *         },
                     *         "artifacts": {
                     *           "maestro_foreach": {
                     *             "type": "FOREACH",
                     *             "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *             "foreach_identity": "regions",
                     *             "foreach_run_id": 1,
                     *             "run_policy": "START_FRESH_NEW_RUN",
                     *             "run_id": 1,
                     *             "total_loop_count": 3,
                     *             "foreach_overview": {
                     *               "checkpoint": 3,
                     *               "stats": {
                     *                 "SUCCEEDED": 3
                     *               },
                     *               "rollup": {
                     *                 "total_leaf_count": 3,
                     *                 "overview": {
                     *                   "SUCCEEDED": {
                     *                     "cnt": 3
                     *                   }
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         },
                     *         "timeline": []
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StepView"][];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepAttempts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_instance_id": 1,
                     *         "workflow_run_id": 1,
                     *         "step_id": "regions",
                     *         "step_attempt_id": 1,
                     *         "workflow_uuid": "orders-2021-01-01",
                     *         "step_uuid": "9cdce70b-1f68-3d70-96e6-af138d65b0ca",
                     *         "correlation_id": "orders:1:1",
                     *         "step_instance_id": 2,
                     *         "workflow_version_id": 1,
                     *         "group_info": 16,
                     *         "owner": "ada",
                     *         "definition": {
                     *           "foreach": {
                     *             "id": "regions",
                     *             "strict_ordering": false,
                     *             "params": {
                     *               "loop_params": {
                     *                 "type": "MAP",
                     *                 "value": {
                     *                   "region": {
                     *                     "type": "STRING_ARRAY",
                     *                     "value": [
                     *                       "eu",
                     *                       "us"
                     *                     ]
                     *                   }
                     *                 }
                     *               }
                     *             },
                     *             "steps": [
                     *               {
                     *                 "step": {
                     *                   "id": "load",
                     *                   "type": "NoOp"
                     *                 }
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "tags": [],
                     *         "params": {
                     *           "loop_params": {
                     *             "type": "MAP",
                     *             "value": {
                     *               "region": {
                     *                 "type": "STRING_ARRAY",
                     *                 "value": [
                     *                   "eu",
                     *                   "us"
                     *                 ],
                     *                 "mode": "MUTABLE_ON_START",
                     *                 "source": "DEFINITION"
                     *               }
                     *             },
                     *             "mode": "MUTABLE_ON_START",
                     *             "source": "DEFINITION",
                     *             "validator": "@NotEmpty",
                     *             "evaluated_result": {
                     *               "region": [
                     *                 "eu",
                     *                 "us"
                     *               ]
                     *             },
                     *             "evaluated_time": 1795972631368,
                     *             "tags": []
                     *           }
                     *         },
                     *         "transition": {
                     *           "predecessors": [
                     *             "extract"
                     *           ],
                     *           "successors": {}
                     *         },
                     *         "step_retry": {
                     *           "error_retries": 0,
                     *           "platform_retries": 0,
                     *           "timeout_retries": 0,
                     *           "manual_retries": 0
                     *         },
                     *         "runtime_state": {
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631368,
                     *           "initialize_time": 1795972631368,
                     *           "wait_signal_time": 1795972631368,
                     *           "evaluate_param_time": 1795972631368,
                     *           "wait_permit_time": 1795972631368,
                     *           "start_time": 1795972631368,
                     *           "execute_time": 1795972631368,
                     *           "finish_time": 1795972631408,
                     *           "end_time": 1795972631408,
                     *           "modify_time": 1795972631408
                     *         },
                     *         "signal_outputs": {
                     *           "outputs": []
                     *         },
                     *         "artifacts": {
                     *           "maestro_foreach": {
                     *             "type": "FOREACH",
                     *             "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *             "foreach_identity": "regions",
                     *             "foreach_run_id": 1,
                     *             "run_policy": "START_FRESH_NEW_RUN",
                     *             "run_id": 1,
                     *             "total_loop_count": 3,
                     *             "foreach_overview": {
                     *               "checkpoint": 3,
                     *               "stats": {
                     *                 "SUCCEEDED": 3
                     *               },
                     *               "rollup": {
                     *                 "total_leaf_count": 3,
                     *                 "overview": {
                     *                   "SUCCEEDED": {
                     *                     "cnt": 3
                     *                   }
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         },
                     *         "timeline": []
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StepView"][];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-step" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepAttempt: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
                /** @description Number of the step attempt, from 1, or `latest`. */
                attempt: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "step_id": "regions",
                     *       "step_attempt_id": 1,
                     *       "workflow_uuid": "orders-2021-01-01",
                     *       "step_uuid": "9cdce70b-1f68-3d70-96e6-af138d65b0ca",
                     *       "correlation_id": "orders:1:1",
                     *       "step_instance_id": 2,
                     *       "workflow_version_id": 1,
                     *       "group_info": 16,
                     *       "owner": "ada",
                     *       "definition": {
                     *         "foreach": {
                     *           "id": "regions",
                     *           "strict_ordering": false,
                     *           "params": {
                     *             "loop_params": {
                     *               "type": "MAP",
                     *               "value": {
                     *                 "region": {
                     *                   "type": "STRING_ARRAY",
                     *                   "value": [
                     *                     "eu",
                     *                     "us"
                     *                   ]
                     *                 }
                     *               }
                     *             }
                     *           },
                     *           "steps": [
                     *             {
                     *               "step": {
                     *                 "id": "load",
                     *                 "type": "NoOp"
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       },
                     *       "tags": [],
                     *       "params": {
                     *         "loop_params": {
                     *           "type": "MAP",
                     *           "value": {
                     *             "region": {
                     *               "type": "STRING_ARRAY",
                     *               "value": [
                     *                 "eu",
                     *                 "us"
                     *               ],
                     *               "mode": "MUTABLE_ON_START",
                     *               "source": "DEFINITION"
                     *             }
                     *           },
                     *           "mode": "MUTABLE_ON_START",
                     *           "source": "DEFINITION",
                     *           "validator": "@NotEmpty",
                     *           "evaluated_result": {
                     *             "region": [
                     *               "eu",
                     *               "us"
                     *             ]
                     *           },
                     *           "evaluated_time": 1795972631368,
                     *           "tags": []
                     *         }
                     *       },
                     *       "transition": {
                     *         "predecessors": [
                     *           "extract"
                     *         ],
                     *         "successors": {}
                     *       },
                     *       "step_retry": {
                     *         "error_retries": 0,
                     *         "platform_retries": 0,
                     *         "timeout_retries": 0,
                     *         "manual_retries": 0
                     *       },
                     *       "runtime_state": {
                     *         "status": "SUCCEEDED",
                     *         "create_time": 1795972631368,
                     *         "initialize_time": 1795972631368,
                     *         "wait_signal_time": 1795972631368,
                     *         "evaluate_param_time": 1795972631368,
                     *         "wait_permit_time": 1795972631368,
                     *         "start_time": 1795972631368,
                     *         "execute_time": 1795972631368,
                     *         "finish_time": 1795972631408,
                     *         "end_time": 1795972631408,
                     *         "modify_time": 1795972631408
                     *       },
                     *       "signal_outputs": {
                     *         "outputs": []
                     *       },
                     *       "artifacts": {
                     *         "maestro_foreach": {
                     *           "type": "FOREACH",
                     *           "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *           "foreach_identity": "regions",
                     *           "foreach_run_id": 1,
                     *           "run_policy": "START_FRESH_NEW_RUN",
                     *           "run_id": 1,
                     *           "total_loop_count": 3,
                     *           "foreach_overview": {
                     *             "checkpoint": 3,
                     *             "stats": {
                     *               "SUCCEEDED": 3
                     *             },
                     *             "rollup": {
                     *               "total_leaf_count": 3,
                     *               "overview": {
                     *                 "SUCCEEDED": {
                     *                   "cnt": 3
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         }
                     *       },
                     *       "timeline": []
                     *     }
                     */
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-attempt" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-step" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopIterations: {
        parameters: {
            query?: {
                /** @description Only iterations of these statuses; several with commas. */
                status?: string;
                /** @description Only iterations that failed in this way, as `failures` names it. */
                signature?: string;
                /** @description The first iteration that is meant, from 0. */
                from?: number;
                /** @description The first iteration that is not meant any more. */
                to?: number;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
                /** @description Any number of `item.NAME=VALUE`: only iterations whose loop param NAME has that value; a `*` at its end stands for any rest. */
                items?: {
                    [key: string]: string;
                };
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "0",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": true,
                     *         "start_index": 0
                     *       },
                     *       "total_count": 3,
                     *       "elements": [
                     *         {
                     *           "index": 0,
                     *           "status": "SUCCEEDED",
                     *           "items": {
                     *             "region": "eu"
                     *           },
                     *           "workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *           "workflow_instance_id": 1,
                     *           "workflow_run_id": 1,
                     *           "start_time": 1795972631391,
                     *           "end_time": 1795972631391
                     *         },
                     *         {
                     *           "index": 1,
                     *           "status": "SUCCEEDED",
                     *           "items": {
                     *             "region": "us"
                     *           },
                     *           "workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *           "workflow_instance_id": 2,
                     *           "workflow_run_id": 1,
                     *           "start_time": 1795972631392,
                     *           "end_time": 1795972631392
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfIterationView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request" | "no-such-item" | "unknown-status";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopAct: {
        parameters: {
            query?: {
                /** @description Only iterations of these statuses; several with commas. */
                status?: string;
                /** @description Only iterations that failed in this way, as `failures` names it. */
                signature?: string;
                /** @description The first iteration that is meant, from 0. */
                from?: number;
                /** @description The first iteration that is not meant any more. */
                to?: number;
                /** @description Only says what would happen. */
                dry_run?: boolean;
                /** @description Any number of `item.NAME=VALUE`: only iterations whose loop param NAME has that value; a `*` at its end stands for any rest. */
                items?: {
                    [key: string]: string;
                };
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
                /** @description What to do. */
                action: "restart" | "stop" | "kill";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "action": "RESTART",
                     *       "dry_run": false,
                     *       "matched": 0,
                     *       "samples": []
                     *     }
                     */
                    "application/json": components["schemas"]["LoopActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request" | "no-such-item" | "unknown-status";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "loop-ended";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    loopFailures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "groups": []
                     *     }
                     */
                    "application/json": components["schemas"]["LoopFailures"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopNested: {
        parameters: {
            query?: {
                /** @description The foreach step within; not needed if there is only one. */
                inner?: string;
                /** @description Only iterations of these statuses; several with commas. */
                status?: string;
                /** @description Only iterations that failed in this way, as `failures` names it. */
                signature?: string;
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
                /** @description Any number of `item.NAME=VALUE`: only iterations whose loop param NAME has that value; a `*` at its end stands for any rest. */
                items?: {
                    [key: string]: string;
                };
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PageOfNestedIterationView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request" | "no-such-item" | "unknown-status";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopStrip: {
        parameters: {
            query?: {
                /** @description How many pieces at most, 1 to 512. */
                buckets?: number;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total": 3,
                     *       "buckets": [
                     *         {
                     *           "from": 0,
                     *           "to": 1,
                     *           "counts": {
                     *             "SUCCEEDED": 1
                     *           }
                     *         },
                     *         {
                     *           "from": 1,
                     *           "to": 2,
                     *           "counts": {
                     *             "SUCCEEDED": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["LoopStrip"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-buckets" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopSummary: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *       "foreach_run_id": 1,
                     *       "live": false,
                     *       "total": 3,
                     *       "concurrency": 100,
                     *       "counts": {
                     *         "SUCCEEDED": 3
                     *       },
                     *       "with_errors": 0,
                     *       "first_start": 1795972631391,
                     *       "last_end": 1795972631393,
                     *       "rate_per_second": 1500,
                     *       "failures": []
                     *     }
                     */
                    "application/json": components["schemas"]["LoopSummary"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    loopIteration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
                /** @description Number of the iteration, from 0. */
                index: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "index": 0,
                     *       "status": "SUCCEEDED",
                     *       "items": {
                     *         "region": "eu"
                     *       },
                     *       "workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "start_time": 1795972631391,
                     *       "end_time": 1795972631391,
                     *       "ancestors": []
                     *     }
                     */
                    "application/json": components["schemas"]["IterationView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-iteration" | "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    whyStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "running": false,
                     *       "reasons": [
                     *         {
                     *           "code": "ENDED",
                     *           "message": "Attempt 1 ended SUCCEEDED",
                     *           "status": "SUCCEEDED",
                     *           "because": ""
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-step" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    whyRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description Number of the run, from 1, or `latest`. */
                run: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "running": false,
                     *       "reasons": [
                     *         {
                     *           "code": "ENDED",
                     *           "message": "The run ended SUCCEEDED",
                     *           "status": "SUCCEEDED",
                     *           "end_time": 1795972631408
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-run" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepLatestSteps: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_instance_id": 1,
                     *         "workflow_run_id": 1,
                     *         "step_id": "extract",
                     *         "step_attempt_id": 1,
                     *         "workflow_uuid": "orders-2021-01-01",
                     *         "step_uuid": "7ac520ef-9636-3235-b253-e9c4d33e3596",
                     *         "correlation_id": "orders:1:1",
                     *         "step_instance_id": 1,
                     *         "workflow_version_id": 1,
                     *         "group_info": 16,
                     *         "owner": "ada",
                     *         "definition": {
                     *           "step": {
                     *             "id": "extract",
                     *             "type": "Shell",
                     *             "params": {
                     *               "script": {
                     *                 "type": "STRING",
                     *                 "value": "echo orders of ${date}"
                     *               }
                     *             },
                     *             "transition": {
                     *               "successors": {
                     *                 "regions": "true"
                     *               }
                     *             }
                     *           }
                     *         },
                     *         "tags": [],
                     *         "params": {
                     *           "script": {
                     *             "type": "STRING",
                     *             "value": "echo orders of ${date}",
                     *             "mode": "MUTABLE",
                     *             "source": "DEFINITION",
                     *             "evaluated_result": "echo orders of 20210101",
                     *             "evaluated_time": 1795972631263,
                     *             "tags": []
                     *           }
                     *         },
                     *         "transition": {
                     *           "predecessors": [],
                     *           "successors": {
                     *             "regions": {
                     *               "type": "BOOLEAN",
                     *               "expression": "true",
                     *               "evaluated_result": true,
                     *               "evaluated_time": 1795972631368,
                     *               "mode": "MUTABLE",
                     *               "source": "DEFINITION",
                     *               "tags": []
                     *             }
                     *           }
                     *         },
                     *         "step_retry": {
                     *           "error_retries": 0,
                     *           "platform_retries": 0,
                     *           "timeout_retries": 0,
                     *           "manual_retries": 0
                     *         },
                     *         "runtime_state": {
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631263,
                     *           "initialize_time": 1795972631263,
                     *           "wait_signal_time": 1795972631263,
                     *           "evaluate_param_time": 1795972631263,
                     *           "wait_permit_time": 1795972631263,
                     *           "start_time": 1795972631263,
                     *           "execute_time": 1795972631306,
                     *           "finish_time": 1795972631368,
                     *           "end_time": 1795972631368,
                     *           "modify_time": 1795972631368
                     *         },
                     *         "signal_outputs": {
                     *           "outputs": []
                     *         },
                     *         "artifacts": {
                     *           "maestro_shell": {
                     *             "type": "SHELL",
                     *             "pid": 2726,
                     *             "host": "vm",
                     *             "exit_code": 0
                     *           }
                     *         },
                     *         "timeline": []
                     *       },
                     *       {
                     *         "workflow_id": "orders",
                     *         "workflow_instance_id": 1,
                     *         "workflow_run_id": 1,
                     *         "step_id": "regions",
                     *         "step_attempt_id": 1,
                     *         "workflow_uuid": "orders-2021-01-01",
                     *         "step_uuid": "9cdce70b-1f68-3d70-96e6-af138d65b0ca",
                     *         "correlation_id": "orders:1:1",
                     *         "step_instance_id": 2,
                     *         "workflow_version_id": 1,
                     *         "group_info": 16,
                     *         "owner": "ada",
                     *         "definition": {
                     *           "foreach": {
                     *             "id": "regions",
                     *             "strict_ordering": false,
                     *             "params": {
                     *               "loop_params": {
                     *                 "type": "MAP",
                     *                 "value": {
                     *                   "region": {
                     *                     "type": "STRING_ARRAY",
                     *                     "value": [
                     *                       "eu",
                     *                       "us"
                     *                     ]
                     *                   }
                     *                 }
                     *               }
                     *             },
                     *             "steps": [
                     *               {
                     *                 "step": {
                     *                   "id": "load",
                     *                   "type": "NoOp"
                     *                 }
                     *               }
                     *             ]
                     *           }
                     *         },
                     *         "tags": [],
                     *         "params": {
                     *           "loop_params": {
                     *             "type": "MAP",
                     *             "value": {
                     *               "region": {
                     *                 "type": "STRING_ARRAY",
                     *                 "value": [
                     *                   "eu",
                     *                   "us"
                     *                 ],
                     *                 "mode": "MUTABLE_ON_START",
                     *                 "source": "DEFINITION"
                     *               }
                     *             },
                     *             "mode": "MUTABLE_ON_START",
                     *             "source": "DEFINITION",
                     *             "validator": "@NotEmpty",
                     *             "evaluated_result": {
                     *               "region": [
                     *                 "eu",
                     *                 "us"
                     *               ]
                     *             },
                     *             "evaluated_time": 1795972631368,
                     *             "tags": []
                     *           }
                     *         },
                     *         "transition": {
                     *           "predecessors": [
                     *             "extract"
                     *           ],
                     *           "successors": {}
                     *         },
                     *         "step_retry": {
                     *           "error_retries": 0,
                     *           "platform_retries": 0,
                     *           "timeout_retries": 0,
                     *           "manual_retries": 0
                     *         },
                     *         "runtime_state": {
                     *           "status": "SUCCEEDED",
                     *           "create_time": 1795972631368,
                     *           "initialize_time": 1795972631368,
                     *           "wait_signal_time": 1795972631368,
                     *           "evaluate_param_time": 1795972631368,
                     *           "wait_permit_time": 1795972631368,
                     *           "start_time": 1795972631368,
                     *           "execute_time": 1795972631368,
                     *           "finish_time": 1795972631408,
                     *           "end_time": 1795972631408,
                     *           "modify_time": 1795972631408
                     *         },
                     *         "signal_outputs": {
                     *           "outputs": []
                     *         },
                     *         "artifacts": {
                     *           "maestro_foreach": {
                     *             "type": "FOREACH",
                     *             "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *             "foreach_identity": "regions",
                     *             "foreach_run_id": 1,
                     *             "run_policy": "START_FRESH_NEW_RUN",
                     *             "run_id": 1,
                     *             "total_loop_count": 3,
                     *             "foreach_overview": {
                     *               "checkpoint": 3,
                     *               "stats": {
                     *                 "SUCCEEDED": 3
                     *               },
                     *               "rollup": {
                     *                 "total_leaf_count": 3,
                     *                 "overview": {
                     *                   "SUCCEEDED": {
                     *                     "cnt": 3
                     *                   }
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         },
                     *         "timeline": []
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["StepView"][];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepLatestStep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "step_id": "regions",
                     *       "step_attempt_id": 1,
                     *       "workflow_uuid": "orders-2021-01-01",
                     *       "step_uuid": "9cdce70b-1f68-3d70-96e6-af138d65b0ca",
                     *       "correlation_id": "orders:1:1",
                     *       "step_instance_id": 2,
                     *       "workflow_version_id": 1,
                     *       "group_info": 16,
                     *       "owner": "ada",
                     *       "definition": {
                     *         "foreach": {
                     *           "id": "regions",
                     *           "strict_ordering": false,
                     *           "params": {
                     *             "loop_params": {
                     *               "type": "MAP",
                     *               "value": {
                     *                 "region": {
                     *                   "type": "STRING_ARRAY",
                     *                   "value": [
                     *                     "eu",
                     *                     "us"
                     *                   ]
                     *                 }
                     *               }
                     *             }
                     *           },
                     *           "steps": [
                     *             {
                     *               "step": {
                     *                 "id": "load",
                     *                 "type": "NoOp"
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       },
                     *       "tags": [],
                     *       "params": {
                     *         "loop_params": {
                     *           "type": "MAP",
                     *           "value": {
                     *             "region": {
                     *               "type": "STRING_ARRAY",
                     *               "value": [
                     *                 "eu",
                     *                 "us"
                     *               ],
                     *               "mode": "MUTABLE_ON_START",
                     *               "source": "DEFINITION"
                     *             }
                     *           },
                     *           "mode": "MUTABLE_ON_START",
                     *           "source": "DEFINITION",
                     *           "validator": "@NotEmpty",
                     *           "evaluated_result": {
                     *             "region": [
                     *               "eu",
                     *               "us"
                     *             ]
                     *           },
                     *           "evaluated_time": 1795972631368,
                     *           "tags": []
                     *         }
                     *       },
                     *       "transition": {
                     *         "predecessors": [
                     *           "extract"
                     *         ],
                     *         "successors": {}
                     *       },
                     *       "step_retry": {
                     *         "error_retries": 0,
                     *         "platform_retries": 0,
                     *         "timeout_retries": 0,
                     *         "manual_retries": 0
                     *       },
                     *       "runtime_state": {
                     *         "status": "SUCCEEDED",
                     *         "create_time": 1795972631368,
                     *         "initialize_time": 1795972631368,
                     *         "wait_signal_time": 1795972631368,
                     *         "evaluate_param_time": 1795972631368,
                     *         "wait_permit_time": 1795972631368,
                     *         "start_time": 1795972631368,
                     *         "execute_time": 1795972631368,
                     *         "finish_time": 1795972631408,
                     *         "end_time": 1795972631408,
                     *         "modify_time": 1795972631408
                     *       },
                     *       "signal_outputs": {
                     *         "outputs": []
                     *       },
                     *       "artifacts": {
                     *         "maestro_foreach": {
                     *           "type": "FOREACH",
                     *           "foreach_workflow_id": "maestro_foreach_2bf_11_523c2c262dfc5b5839a730cbeb2ede99",
                     *           "foreach_identity": "regions",
                     *           "foreach_run_id": 1,
                     *           "run_policy": "START_FRESH_NEW_RUN",
                     *           "run_id": 1,
                     *           "total_loop_count": 3,
                     *           "foreach_overview": {
                     *             "checkpoint": 3,
                     *             "stats": {
                     *               "SUCCEEDED": 3
                     *             },
                     *             "rollup": {
                     *               "total_leaf_count": 3,
                     *               "overview": {
                     *                 "SUCCEEDED": {
                     *                   "cnt": 3
                     *                 }
                     *               }
                     *             }
                     *           }
                     *         }
                     *       },
                     *       "timeline": []
                     *     }
                     */
                    "application/json": components["schemas"]["StepView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-step" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    stepActionRestart: {
        parameters: {
            query?: {
                /** @description Whether to wait until it has happened. */
                blocking?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description The step's id. */
                stepId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "request_id": "again-extract",
                 *       "restart_policy": "RESTART_FROM_SPECIFIC",
                 *       "run_params": {
                 *         "date": {
                 *           "type": "STRING",
                 *           "value": "20210102"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RestartBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 3,
                     *       "step_id": "extract",
                     *       "step_attempt_id": 1,
                     *       "step_runtime_state": {
                     *         "status": "STARTING",
                     *         "create_time": 1795972639365
                     *       },
                     *       "status": "STARTING",
                     *       "timeline_event": {
                     *         "timestamp": 1795972639321,
                     *         "type": "ACTION",
                     *         "message": "Asked for by ada",
                     *         "action": "RESTART",
                     *         "author": "ada"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StepActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "artifacts-of-a-part" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-json" | "malformed-request" | "no-such-param" | "no-such-step" | "params-of-another-step" | "unknown-field" | "unknown-restart-policy" | "unknown-upstream-restart-mode" | "unreadable-body" | "unstorable-text" | "version-below-another-run" | "version-of-an-iteration";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner" | "not-the-owner-above";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-instance" | "no-such-loop" | "no-such-run" | "no-such-step" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "action-not-possible" | "ancestor-still-running" | "another-instance-runs" | "instance-changing" | "other-workflow" | "step-not-created" | "still-running" | "unreadable-run" | "version-of-a-live-run" | "workflow-changing";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "nothing-to-run" | "version-does-not-fit";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    stepActionAct: {
        parameters: {
            query?: {
                /** @description Whether to wait until it has happened. */
                blocking?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
                /** @description The step's id. */
                stepId: string;
                /** @description What to do. */
                action: "stop" | "kill" | "skip" | "bypass";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 3,
                     *       "step_id": "extract",
                     *       "step_attempt_id": 1,
                     *       "step_runtime_state": {
                     *         "status": "STOPPED",
                     *         "create_time": 1795972639365,
                     *         "end_time": 1795972639679
                     *       },
                     *       "status": "STOPPED",
                     *       "timeline_event": {
                     *         "timestamp": 1795972639447,
                     *         "type": "ACTION",
                     *         "message": "Asked for by ada",
                     *         "action": "STOP",
                     *         "author": "ada"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StepActionAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "artifacts-of-a-part" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request" | "no-such-param" | "no-such-step" | "unknown-restart-policy" | "unknown-upstream-restart-mode" | "version-below-another-run" | "version-of-an-iteration";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner" | "not-the-owner-above";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-instance" | "no-such-loop" | "no-such-route" | "no-such-run" | "no-such-step" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description It took too long. */
            408: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "action-under-way";
                    };
                };
            };
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "action-not-possible" | "ancestor-still-running" | "another-instance-runs" | "instance-changing" | "other-workflow" | "step-not-created" | "still-running" | "unreadable-run" | "version-of-a-live-run" | "workflow-changing";
                    };
                };
            };
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "nothing-to-run" | "version-does-not-fit";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    whyInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the instance, from 1. */
                instanceId: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "running": false,
                     *       "reasons": [
                     *         {
                     *           "code": "ENDED",
                     *           "message": "The run ended SUCCEEDED",
                     *           "status": "SUCCEEDED",
                     *           "end_time": 1795972631408
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Why"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-loop" | "no-such-run" | "no-such-version";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "server-busy" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    workflowOverview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "active_version_id": 2,
                     *       "latest_version_id": 2,
                     *       "default_version_id": 2,
                     *       "properties_snapshot": {
                     *         "workflow_id": "orders",
                     *         "create_time": 1795972633630,
                     *         "author": "ada",
                     *         "owner": "ada",
                     *         "run_strategy": {
                     *           "rule": "PARALLEL",
                     *           "workflow_concurrency": 20
                     *         },
                     *         "step_concurrency": 3,
                     *         "tags": [
                     *           {
                     *             "name": "nightly"
                     *           }
                     *         ]
                     *       },
                     *       "step_concurrency": 3,
                     *       "nonterminal_instances": {
                     *         "CREATED": 0,
                     *         "IN_PROGRESS": 2,
                     *         "PAUSED": 0
                     *       },
                     *       "failed_instances": 0,
                     *       "latest_instance_id": 3
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowOverview"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowChangeProperties: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "step_concurrency": 3
                 *     }
                 */
                "application/json": components["schemas"]["PropertiesChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "create_time": 1795972633621,
                     *       "author": "ada",
                     *       "owner": "ada",
                     *       "run_strategy": {
                     *         "rule": "PARALLEL",
                     *         "workflow_concurrency": 20
                     *       },
                     *       "step_concurrency": 3
                     *     }
                     */
                    "application/json": components["schemas"]["PropertiesView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-properties" | "invalid-request" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowSnapshot: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description `latest`, or the `create_time` of a snapshot. */
                snapshot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "create_time": 1795972633630,
                     *       "author": "ada",
                     *       "owner": "ada",
                     *       "run_strategy": {
                     *         "rule": "PARALLEL",
                     *         "workflow_concurrency": 20
                     *       },
                     *       "step_concurrency": 3,
                     *       "tags": [
                     *         {
                     *           "name": "nightly"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PropertiesView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-snapshot" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-snapshot" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowAddTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly"
                 *     }
                 */
                "application/json": components["schemas"]["DefinitionTag"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "create_time": 1795972633630,
                     *       "author": "ada",
                     *       "owner": "ada",
                     *       "run_strategy": {
                     *         "rule": "PARALLEL",
                     *         "workflow_concurrency": 20
                     *       },
                     *       "step_concurrency": 3,
                     *       "tags": [
                     *         {
                     *           "name": "nightly"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PropertiesView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-tag" | "invalid-user" | "malformed-json" | "malformed-request" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowDeleteTagByQuery: {
        parameters: {
            query: {
                /** @description The tag's name. */
                name: string;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "create_time": 1795972639729,
                     *       "author": "ada",
                     *       "owner": "ada",
                     *       "run_strategy": {
                     *         "rule": "PARALLEL",
                     *         "workflow_concurrency": 20
                     *       },
                     *       "step_concurrency": 3
                     *     }
                     */
                    "application/json": components["schemas"]["PropertiesView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowDeleteTag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description The tag's name. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "create_time": 1795972639729,
                     *       "author": "ada",
                     *       "owner": "ada",
                     *       "run_strategy": {
                     *         "rule": "PARALLEL",
                     *         "workflow_concurrency": 20
                     *       },
                     *       "step_concurrency": 3
                     *     }
                     */
                    "application/json": components["schemas"]["PropertiesView"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "cannot-appoint-owner" | "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "run-strategy-conflict" | "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowTimeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "timeline_events": [
                     *         {
                     *           "timestamp": 1795972633630,
                     *           "type": "LOG",
                     *           "message": "User [ada] added tag [nightly]",
                     *           "level": "INFO"
                     *         },
                     *         {
                     *           "timestamp": 1795972633621,
                     *           "type": "LOG",
                     *           "message": "User [ada] changed the properties",
                     *           "level": "INFO"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowTimeline"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "version_id": 2,
                     *       "paused": false,
                     *       "time_triggers": [
                     *         {
                     *           "workflow_id": "orders",
                     *           "version_id": 2,
                     *           "trigger_uuid": "6ba63f17-b2a4-301e-a52e-18810c8d0533",
                     *           "index": 0,
                     *           "trigger": {
                     *             "type": "CRON",
                     *             "cron": "0 6 * * *",
                     *             "timezone": "UTC"
                     *           },
                     *           "paused": false,
                     *           "lag_millis": 0,
                     *           "next_fires": [
                     *             {
                     *               "trigger_time": 1796018400000,
                     *               "fire_time": 1796018400000,
                     *               "local_time": "2026-11-30T06:00:00Z"
                     *             },
                     *             {
                     *               "trigger_time": 1796104800000,
                     *               "fire_time": 1796104800000,
                     *               "local_time": "2026-12-01T06:00:00Z"
                     *             }
                     *           ],
                     *           "zone_rules": "2026f"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowTriggers"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "paused": true,
                     *       "changed": true
                     *     }
                     */
                    "application/json": components["schemas"]["ClockAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "paused": false,
                     *       "changed": true
                     *     }
                     */
                    "application/json": components["schemas"]["ClockAnswer"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    timeTriggerNext: {
        parameters: {
            query?: {
                /** @description How many, 1 to 1,000. */
                count?: number;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "next_fires": [
                     *         {
                     *           "index": 0,
                     *           "trigger_time": 1796018400000,
                     *           "fire_time": 1796018400000,
                     *           "local_time": "2026-11-30T06:00:00Z"
                     *         },
                     *         {
                     *           "index": 0,
                     *           "trigger_time": 1796104800000,
                     *           "fire_time": 1796104800000,
                     *           "local_time": "2026-12-01T06:00:00Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["NextFires"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-count" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unknown-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    definitionVersions: {
        parameters: {
            query?: {
                /** @description So many elements after `cursor`, or from the beginning: 1 to 200. Either this or `last`. */
                first?: number;
                /** @description So many elements before `cursor`, or from the end: 1 to 200. Either this or `first`. */
                last?: number;
                /** @description `start_cursor` or `end_cursor` of an earlier page. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page_info": {
                     *         "start_cursor": "2",
                     *         "end_cursor": "1",
                     *         "has_previous_page": false,
                     *         "has_next_page": false,
                     *         "start_index": 0
                     *       },
                     *       "total_count": 2,
                     *       "elements": [
                     *         {
                     *           "properties_snapshot": {
                     *             "workflow_id": "orders",
                     *             "create_time": 1795972633630,
                     *             "author": "ada",
                     *             "owner": "ada",
                     *             "run_strategy": {
                     *               "rule": "PARALLEL",
                     *               "workflow_concurrency": 20
                     *             },
                     *             "step_concurrency": 3,
                     *             "tags": [
                     *               {
                     *                 "name": "nightly"
                     *               }
                     *             ]
                     *           },
                     *           "metadata": {
                     *             "workflow_id": "orders",
                     *             "workflow_version_id": 2,
                     *             "create_time": 1795972633019,
                     *             "version_author": "ada"
                     *           },
                     *           "workflow": {
                     *             "id": "orders",
                     *             "name": "Orders of a day",
                     *             "time_triggers": [
                     *               {
                     *                 "type": "CRON",
                     *                 "cron": "0 6 * * *",
                     *                 "timezone": "UTC"
                     *               }
                     *             ],
                     *             "params": {
                     *               "date": {
                     *                 "type": "STRING",
                     *                 "value": "20210101"
                     *               }
                     *             },
                     *             "steps": [
                     *               {
                     *                 "step": {
                     *                   "id": "extract",
                     *                   "type": "Shell",
                     *                   "params": {
                     *                     "script": {
                     *                       "type": "STRING",
                     *                       "value": "echo orders of ${date}"
                     *                     }
                     *                   },
                     *                   "transition": {
                     *                     "successors": {
                     *                       "regions": "true"
                     *                     }
                     *                   }
                     *                 }
                     *               },
                     *               {
                     *                 "foreach": {
                     *                   "id": "regions",
                     *                   "strict_ordering": false,
                     *                   "params": {
                     *                     "loop_params": {
                     *                       "type": "MAP",
                     *                       "value": {
                     *                         "region": {
                     *                           "type": "STRING_ARRAY",
                     *                           "value": [
                     *                             "eu",
                     *                             "us"
                     *                           ]
                     *                         }
                     *                       }
                     *                     }
                     *                   },
                     *                   "steps": [
                     *                     {
                     *                       "step": {
                     *                         "id": "load",
                     *                         "type": "NoOp"
                     *                       }
                     *                     }
                     *                   ]
                     *                 }
                     *               }
                     *             ]
                     *           },
                     *           "is_active": true,
                     *           "activate_time": 1795972633019,
                     *           "activated_by": "ada",
                     *           "is_latest": true,
                     *           "is_default": true,
                     *           "modify_time": 1795972633630,
                     *           "internal_id": 10023
                     *         },
                     *         {
                     *           "properties_snapshot": {
                     *             "workflow_id": "orders",
                     *             "create_time": 1795972633630,
                     *             "author": "ada",
                     *             "owner": "ada",
                     *             "run_strategy": {
                     *               "rule": "PARALLEL",
                     *               "workflow_concurrency": 20
                     *             },
                     *             "step_concurrency": 3,
                     *             "tags": [
                     *               {
                     *                 "name": "nightly"
                     *               }
                     *             ]
                     *           },
                     *           "metadata": {
                     *             "workflow_id": "orders",
                     *             "workflow_version_id": 1,
                     *             "create_time": 1795972631219,
                     *             "version_author": "ada"
                     *           },
                     *           "workflow": {
                     *             "id": "orders",
                     *             "name": "Orders of a day",
                     *             "time_triggers": [
                     *               {
                     *                 "type": "CRON",
                     *                 "cron": "0 6 * * *",
                     *                 "timezone": "UTC"
                     *               }
                     *             ],
                     *             "params": {
                     *               "date": {
                     *                 "type": "STRING",
                     *                 "value": "20210101"
                     *               }
                     *             },
                     *             "steps": [
                     *               {
                     *                 "step": {
                     *                   "id": "extract",
                     *                   "type": "Shell",
                     *                   "params": {
                     *                     "script": {
                     *                       "type": "STRING",
                     *                       "value": "echo orders of ${date}"
                     *                     }
                     *                   },
                     *                   "transition": {
                     *                     "successors": {
                     *                       "regions": "true"
                     *                     }
                     *                   }
                     *                 }
                     *               },
                     *               {
                     *                 "foreach": {
                     *                   "id": "regions",
                     *                   "strict_ordering": false,
                     *                   "params": {
                     *                     "loop_params": {
                     *                       "type": "MAP",
                     *                       "value": {
                     *                         "region": {
                     *                           "type": "STRING_ARRAY",
                     *                           "value": [
                     *                             "eu",
                     *                             "us"
                     *                           ]
                     *                         }
                     *                       }
                     *                     }
                     *                   },
                     *                   "steps": [
                     *                     {
                     *                       "step": {
                     *                         "id": "load",
                     *                         "type": "NoOp"
                     *                       }
                     *                     }
                     *                   ]
                     *                 }
                     *               }
                     *             ]
                     *           },
                     *           "is_active": false,
                     *           "is_latest": false,
                     *           "is_default": false,
                     *           "modify_time": 1795972633630,
                     *           "internal_id": 10023
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PageOfWorkflowDefinition"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-cursor" | "invalid-page" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    definitionVersion: {
        parameters: {
            query?: {
                /** @description Whether to show more: the definition and its edges of a run, the parameters by themselves of a version. */
                enriched?: boolean;
            };
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the version, from 1, or `latest`, `active` or `default` (the active one, without one the latest). */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "properties_snapshot": {
                     *         "workflow_id": "orders",
                     *         "create_time": 1795972633630,
                     *         "author": "ada",
                     *         "owner": "ada",
                     *         "run_strategy": {
                     *           "rule": "PARALLEL",
                     *           "workflow_concurrency": 20
                     *         },
                     *         "step_concurrency": 3,
                     *         "tags": [
                     *           {
                     *             "name": "nightly"
                     *           }
                     *         ]
                     *       },
                     *       "metadata": {
                     *         "workflow_id": "orders",
                     *         "workflow_version_id": 1,
                     *         "create_time": 1795972631219,
                     *         "version_author": "ada"
                     *       },
                     *       "workflow": {
                     *         "id": "orders",
                     *         "name": "Orders of a day",
                     *         "time_triggers": [
                     *           {
                     *             "type": "CRON",
                     *             "cron": "0 6 * * *",
                     *             "timezone": "UTC"
                     *           }
                     *         ],
                     *         "params": {
                     *           "date": {
                     *             "type": "STRING",
                     *             "value": "20210101"
                     *           }
                     *         },
                     *         "steps": [
                     *           {
                     *             "step": {
                     *               "id": "extract",
                     *               "type": "Shell",
                     *               "params": {
                     *                 "script": {
                     *                   "type": "STRING",
                     *                   "value": "echo orders of ${date}"
                     *                 }
                     *               },
                     *               "transition": {
                     *                 "successors": {
                     *                   "regions": "true"
                     *                 }
                     *               }
                     *             }
                     *           },
                     *           {
                     *             "foreach": {
                     *               "id": "regions",
                     *               "strict_ordering": false,
                     *               "params": {
                     *                 "loop_params": {
                     *                   "type": "MAP",
                     *                   "value": {
                     *                     "region": {
                     *                       "type": "STRING_ARRAY",
                     *                       "value": [
                     *                         "eu",
                     *                         "us"
                     *                       ]
                     *                     }
                     *                   }
                     *                 }
                     *               },
                     *               "steps": [
                     *                 {
                     *                   "step": {
                     *                     "id": "load",
                     *                     "type": "NoOp"
                     *                   }
                     *                 }
                     *               ]
                     *             }
                     *           }
                     *         ]
                     *       },
                     *       "is_active": false,
                     *       "is_latest": false,
                     *       "is_default": false,
                     *       "modify_time": 1795972633630,
                     *       "internal_id": 10023
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowDefinition"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    workflowActivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the version, from 1, or `latest`, `active` or `default` (the active one, without one the latest). */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_version_id": 1,
                     *       "timeline_event": {
                     *         "timestamp": 1795972639792,
                     *         "type": "LOG",
                     *         "message": "User [ada] activated version [1]",
                     *         "level": "INFO"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["VersionChange"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-deleting";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    startStart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the version, from 1, or `latest`, `active` or `default` (the active one, without one the latest). */
                version: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "initiator": {
                 *         "type": "manual"
                 *       },
                 *       "request_id": "orders-2021-01-01",
                 *       "run_params": {
                 *         "date": {
                 *           "type": "STRING",
                 *           "value": "20210101"
                 *         }
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["StartBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflow_id": "orders",
                     *       "workflow_version_id": 1,
                     *       "workflow_instance_id": 1,
                     *       "workflow_run_id": 1,
                     *       "workflow_uuid": "orders-2021-01-01",
                     *       "status": "DUPLICATED",
                     *       "timeline_event": {
                     *         "timestamp": 1795972633834,
                     *         "type": "LOG",
                     *         "message": "Run orders#1.1 had been accepted under this request_id",
                     *         "level": "INFO"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Started"];
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-body" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-json" | "malformed-request" | "no-such-param" | "no-such-step" | "unknown-field" | "unreadable-body" | "unstorable-text";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "may-not-start" | "not-loopback";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-loop" | "no-such-run" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            /** @description The request does not fit the current state. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "workflow-changes";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description The request is understood, but cannot be followed. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid-params" | "not-yet";
                    };
                };
            };
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            /** @description The server cannot answer now. */
            503: {
                headers: {
                    /** @description Seconds after which trying again may help. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "database-busy" | "database-connections-used-up" | "database-limit-reached" | "database-out-of-memory" | "database-read-only" | "database-unavailable" | "start-not-confirmed" | "stopping" | "storage-full" | "too-many-requests" | "unknown-outcome";
                    };
                };
            };
        };
    };
    yamlYaml: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The workflow's id. */
                workflowId: string;
                /** @description Number of the version, from 1, or `latest`, `active` or `default` (the active one, without one the latest). */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example workflow:
                     *       id: orders
                     *       name: Orders of a day
                     *       owner: ada
                     *       run_strategy: parallel
                     *       workflow_concurrency: 20
                     *       step_concurrency: 3
                     *       triggers:
                     *         - cron: 0 6 * * *
                     *           timezone: UTC
                     *       params:
                     *         date: '20210101'
                     *       jobs:
                     *         - id: extract
                     *           type: Shell
                     *           params:
                     *             script: echo orders of ${date}
                     *           transition: [regions]
                     *         - foreach:
                     *             id: regions
                     *             loop_params:
                     *               region: [eu, us, asia]
                     *             jobs:
                     *               - id: load
                     *                 type: NoOp
                     *     properties:
                     *       tags:
                     *         - name: nightly
                     */
                    "application/yaml": unknown;
                };
            };
            /** @description The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "ambiguous-path" | "invalid-parameter" | "invalid-path" | "invalid-request" | "invalid-user" | "invalid-version" | "malformed-request";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description This is not allowed to the caller. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "foreign-page" | "not-loopback" | "not-the-owner";
                    };
                };
            };
            /** @description There is no such thing. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "no-active-version" | "no-such-version" | "no-such-workflow";
                    };
                };
            };
            406: components["responses"]["NotAcceptable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
