// Generated from the app's OpenAPI document by `npm run api-types`; do not edit.

export interface paths {
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reports, newest first */
        get: operations["list_reports"];
        put?: never;
        /** Create a report */
        post: operations["create_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        /** Get a report */
        get: operations["get_report"];
        put?: never;
        post?: never;
        /** Delete a report */
        delete: operations["delete_report"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        /** Download the CSV of a report */
        get: operations["download_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a report */
        post: operations["cancel_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a report with the same request and seed */
        post: operations["retry_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the reports of the visitor identity */
        get: operations["get_visitor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/visitor/adopt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Move the reports of the visitor identity to the signed-in user */
        post: operations["adopt_reports"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{report_id}/share": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        get?: never;
        /** Share a report */
        put: operations["share_report"];
        post?: never;
        /** Revoke the link of a shared report */
        delete: operations["unshare_report"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret in the share link. */
                token: string;
            };
            cookie?: never;
        };
        /** Get a shared report */
        get: operations["get_shared_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/shared/{token}/download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret in the share link. */
                token: string;
            };
            cookie?: never;
        };
        /** Download the CSV of a shared report */
        get: operations["download_shared_report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Show the first rows of a report without creating it */
        post: operations["preview_report"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the types, with the number of Pokémon of each */
        get: operations["list_types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the generations, with the number of Pokémon of each */
        get: operations["list_generations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the dependencies of the app */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get this document */
        get: operations["get_openapi"];
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
        /** AdoptionView */
        AdoptionView: {
            /**
             * Adopted
             * @description The reports that now belong to the signed-in user, under new ids.
             */
            adopted: number;
            /**
             * Remaining
             * @description The reports that have not moved. Those that have not ended cannot.
             */
            remaining: number;
            /**
             * Moved
             * @description The new id of each report that moved, by its earlier id.
             */
            moved: {
                [key: string]: string;
            };
        };
        /** ColumnView */
        ColumnView: {
            /** Name */
            name: string;
            /**
             * Type
             * @enum {string}
             */
            type: "integer" | "number" | "boolean" | "string" | "list";
        };
        /** DependencyView */
        DependencyView: {
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "unavailable";
            /**
             * Reason
             * @default null
             */
            reason?: string | null;
        };
        /**
         * ErrorView
         * @description The reason why the report failed.
         */
        ErrorView: {
            /** Title */
            title: string;
            /** Detail */
            detail: string;
        };
        /**
         * FailureView
         * @description A Pokémon that is missing from the CSV.
         */
        FailureView: {
            /** Pokemon */
            pokemon: string;
            /** Reason */
            reason: string;
        };
        /**
         * FieldErrorView
         * @description An error in one field of the request.
         */
        FieldErrorView: {
            /**
             * Pointer
             * @description A JSON pointer (RFC 6901) to the field.
             * @example /columns/1
             */
            pointer: string;
            /**
             * Detail
             * @description What is wrong, and how to fix it.
             */
            detail: string;
        };
        /** GenerationsView */
        GenerationsView: {
            /** Generations */
            generations: components["schemas"]["NameCount"][];
        };
        /**
         * HealthView
         * @description The state of each dependency of the app.
         */
        HealthView: {
            /**
             * Status
             * @enum {string}
             */
            status: "ok" | "unavailable";
            /** Dependencies */
            dependencies: {
                [key: string]: components["schemas"]["DependencyView"];
            };
        };
        /**
         * LinksView
         * @description The URLs of the report and its actions. An action that is not possible now is null.
         */
        LinksView: {
            /** Self */
            self: string;
            /** Download */
            download: string | null;
            /** Cancel */
            cancel: string | null;
            /** Retry */
            retry: string | null;
            /**
             * Shared
             * @description The report for anyone with this link, while it is shared. Only its owner sees this.
             */
            shared: string | null;
        };
        /** NameCount */
        NameCount: {
            /** Name */
            name: string;
            /**
             * Pokemon Count
             * @description The number of Pokémon in a report with this filter.
             */
            pokemon_count: number;
        };
        /**
         * PreviewView
         * @description The first rows of a report that has not been created.
         */
        PreviewView: {
            request: components["schemas"]["ReportRequestView"];
            /**
             * Total
             * @description The number of Pokémon in the report.
             */
            total: number;
            /** Columns */
            columns: components["schemas"]["ColumnView"][];
            /**
             * Rows
             * @description Up to 5 rows, with their cells as they are in the CSV.
             */
            rows: string[][];
        };
        /**
         * ProblemView
         * @description RFC 9457 problem details.
         */
        ProblemView: {
            /**
             * Type
             * @description A URN that identifies the kind of problem.
             * @example urn:poke-queue:problem:invalid-request
             */
            type: string;
            /** Title */
            title: string;
            /** Status */
            status: number;
            /** Detail */
            detail: string;
            /**
             * Errors
             * @description The first 20 errors of an invalid request.
             * @default null
             */
            errors?: components["schemas"]["FieldErrorView"][] | null;
        };
        /**
         * ProgressView
         * @description Numbers of Pokémon. done includes failed. The total is 0 until the report is planned.
         */
        ProgressView: {
            /** Total */
            total: number;
            /** Done */
            done: number;
            /** Failed */
            failed: number;
        };
        /**
         * ReportRequestBody
         * @description The filters and options of a report. Every field is optional, and null means the default.
         * @example {
         *       "name": "Electric twenty",
         *       "sample_size": 20,
         *       "seed": 7,
         *       "type": "electric"
         *     }
         * @example {
         *       "columns": [
         *         "id",
         *         "name",
         *         "weak_to"
         *       ],
         *       "generation": "generation-i",
         *       "include_forms": false
         *     }
         * @example {}
         */
        ReportRequestBody: {
            /**
             * Type
             * @description The name of a type, such as electric. See GET /types.
             * @default null
             */
            type?: string | null;
            /**
             * Generation
             * @description The name of the generation that introduced the species, such as generation-i. See GET /generations.
             * @default null
             */
            generation?: string | null;
            /**
             * Include Forms
             * @description Whether to include other forms than the default form of each species. Default: true.
             * @default null
             */
            include_forms?: boolean | null;
            /**
             * Sample Size
             * @description The number of Pokémon to select at random. If fewer match, all are selected.
             * @default null
             */
            sample_size?: number | null;
            /**
             * Seed
             * @description The same seed selects the same sample. Default: a random seed, saved with the report.
             * @default null
             */
            seed?: number | null;
            /**
             * Columns
             * @description The columns of the CSV, in this order. Default: all columns.
             * @default null
             */
            columns?: ("id" | "name" | "species" | "generation" | "types" | "hp" | "attack" | "defense" | "special_attack" | "special_defense" | "speed" | "base_stat_total" | "abilities" | "hidden_ability" | "weak_to" | "resists" | "immune_to" | "height_m" | "weight_kg" | "base_experience" | "capture_rate" | "color" | "habitat" | "shape" | "is_default" | "is_legendary" | "is_mythical" | "is_baby" | "evolves_from" | "sprite_url")[] | null;
            /**
             * Name
             * @description What to call the report. The name of the downloaded file starts with it.
             * @default null
             */
            name?: string | null;
        };
        /**
         * ReportRequestView
         * @description The request with every default filled in. Sent again, it creates the same report.
         */
        ReportRequestView: {
            /** Type */
            type: string | null;
            /** Generation */
            generation: string | null;
            /** Include Forms */
            include_forms: boolean;
            /** Sample Size */
            sample_size: number | null;
            /** Seed */
            seed: number;
            /** Columns */
            columns: string[];
        };
        /**
         * ReportSummaryView
         * @description A report in the list: without its columns, failures and warnings. Times are RFC 3339 in UTC.
         */
        ReportSummaryView: {
            /**
             * Id
             * @description Opaque. Ids sort by creation time, newest first.
             * @example e5df488ba50-05402d32cc039b2e
             */
            id: string;
            /**
             * Name
             * @description What its owner calls it.
             */
            name: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "partial" | "failed" | "canceling" | "canceled";
            request: components["schemas"]["RequestSummaryView"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Started At */
            started_at: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Expires At
             * Format: date-time
             * @description The time when the report and its CSV will be deleted.
             */
            expires_at: string;
            progress: components["schemas"]["ProgressView"];
            /**
             * Queue Position
             * @description The position of a report that waits for its turn; 1 is next. Null for other reports.
             */
            queue_position: number | null;
            /**
             * Estimated Seconds Left
             * @description The time until the report ends, estimated from the measured pace. Null if it is unknown.
             */
            estimated_seconds_left: number | null;
            /** @description Null unless the report is succeeded or partial. */
            result: components["schemas"]["ResultSummaryView"] | null;
            /**
             * Failure Count
             * @description The number of all failures.
             */
            failure_count: number;
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Retry Of
             * @description The id of the report that this report repeats.
             */
            retry_of: string | null;
            links: components["schemas"]["LinksView"];
        };
        /**
         * ReportView
         * @description A report. Times are RFC 3339 in UTC.
         * @example {
         *       "id": "e5df488ba50-05402d32cc039b2e",
         *       "name": null,
         *       "status": "succeeded",
         *       "request": {
         *         "type": "electric",
         *         "generation": null,
         *         "include_forms": true,
         *         "sample_size": 20,
         *         "seed": 7,
         *         "columns": [
         *           "id",
         *           "name",
         *           "species",
         *           "generation",
         *           "types"
         *         ]
         *       },
         *       "created_at": "2026-11-24T02:51:35.727Z",
         *       "started_at": "2026-11-24T02:51:35.727Z",
         *       "finished_at": "2026-11-24T02:51:36.727Z",
         *       "updated_at": "2026-11-24T02:51:36.727Z",
         *       "expires_at": "2026-12-24T02:51:35.727Z",
         *       "progress": {
         *         "total": 20,
         *         "done": 20,
         *         "failed": 0
         *       },
         *       "queue_position": null,
         *       "estimated_seconds_left": null,
         *       "result": {
         *         "rows": 20,
         *         "bytes": 1234,
         *         "sha256": "0000000000000000000000000000000000000000000000000000000000000000",
         *         "columns": [
         *           {
         *             "name": "id",
         *             "type": "integer"
         *           },
         *           {
         *             "name": "name",
         *             "type": "string"
         *           },
         *           {
         *             "name": "species",
         *             "type": "string"
         *           },
         *           {
         *             "name": "generation",
         *             "type": "string"
         *           },
         *           {
         *             "name": "types",
         *             "type": "list"
         *           }
         *         ]
         *       },
         *       "failure_count": 0,
         *       "error": null,
         *       "retry_of": null,
         *       "links": {
         *         "self": "/api/reports/e5df488ba50-05402d32cc039b2e",
         *         "download": "/api/reports/e5df488ba50-05402d32cc039b2e/download",
         *         "cancel": null,
         *         "retry": "/api/reports/e5df488ba50-05402d32cc039b2e/retry",
         *         "shared": null
         *       },
         *       "failures": [],
         *       "warnings": []
         *     }
         */
        ReportView: {
            /**
             * Id
             * @description Opaque. Ids sort by creation time, newest first.
             * @example e5df488ba50-05402d32cc039b2e
             */
            id: string;
            /**
             * Name
             * @description What its owner calls it.
             */
            name: string | null;
            /**
             * Status
             * @enum {string}
             */
            status: "queued" | "running" | "succeeded" | "partial" | "failed" | "canceling" | "canceled";
            request: components["schemas"]["ReportRequestView"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Started At */
            started_at: string | null;
            /** Finished At */
            finished_at: string | null;
            /**
             * Updated At
             * Format: date-time
             */
            updated_at: string;
            /**
             * Expires At
             * Format: date-time
             * @description The time when the report and its CSV will be deleted.
             */
            expires_at: string;
            progress: components["schemas"]["ProgressView"];
            /**
             * Queue Position
             * @description The position of a report that waits for its turn; 1 is next. Null for other reports.
             */
            queue_position: number | null;
            /**
             * Estimated Seconds Left
             * @description The time until the report ends, estimated from the measured pace. Null if it is unknown.
             */
            estimated_seconds_left: number | null;
            /** @description Null unless the report is succeeded or partial. */
            result: components["schemas"]["ResultView"] | null;
            /**
             * Failure Count
             * @description The number of all failures.
             */
            failure_count: number;
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Retry Of
             * @description The id of the report that this report repeats.
             */
            retry_of: string | null;
            links: components["schemas"]["LinksView"];
            /**
             * Failures
             * @description The first 100 failures.
             */
            failures: components["schemas"]["FailureView"][];
            /** Warnings */
            warnings: string[];
        };
        /**
         * ReportsView
         * @description A page of reports, newest first.
         */
        ReportsView: {
            /** Reports */
            reports: components["schemas"]["ReportSummaryView"][];
            /**
             * Next Cursor
             * @description Null on the last page.
             */
            next_cursor: string | null;
        };
        /**
         * RequestSummaryView
         * @description The request with every default filled in, without its columns.
         */
        RequestSummaryView: {
            /** Type */
            type: string | null;
            /** Generation */
            generation: string | null;
            /** Include Forms */
            include_forms: boolean;
            /** Sample Size */
            sample_size: number | null;
            /** Seed */
            seed: number;
            /** Column Count */
            column_count: number;
        };
        /**
         * ResultSummaryView
         * @description The published CSV, without its columns.
         */
        ResultSummaryView: {
            /**
             * Rows
             * @description The number of rows, without the header.
             */
            rows: number;
            /** Bytes */
            bytes: number;
            /**
             * Sha256
             * @description The hash of the whole file, in hexadecimal.
             */
            sha256: string;
        };
        /**
         * ResultView
         * @description The published CSV.
         */
        ResultView: {
            /**
             * Rows
             * @description The number of rows, without the header.
             */
            rows: number;
            /** Bytes */
            bytes: number;
            /**
             * Sha256
             * @description The hash of the whole file, in hexadecimal.
             */
            sha256: string;
            /** Columns */
            columns: components["schemas"]["ColumnView"][];
        };
        /**
         * RetryBody
         * @description What to retry. Without a body, everything.
         */
        RetryBody: {
            /**
             * Only
             * @description missing: take over the rows of a partial report, and fetch only those that it lacks.
             * @default null
             */
            only?: "missing" | null;
        };
        /** TypesView */
        TypesView: {
            /** Types */
            types: components["schemas"]["NameCount"][];
        };
        /**
         * VisitorView
         * @description The visitor identity of the caller.
         */
        VisitorView: {
            /**
             * Signed In
             * @description Whether a user is signed in beside it.
             */
            signed_in: boolean;
            /**
             * Reports
             * @description The reports of the visitor identity.
             */
            reports: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The URL of the report or of its CSV. */
        Location: string;
        /** @description The number of seconds to wait before the next request. */
        "Retry-After": number;
        /** @description The version of the response. Send it as If-None-Match. */
        ETag: string;
        /** @description How long the response can be stored. */
        "Cache-Control": string;
        /** @description A new visitor token, if the request had no identity. Send it with later requests. */
        "Poke-Visitor": string;
        /** @description The methods of the route. */
        Allow: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_reports: {
        parameters: {
            query?: {
                /** @description Only reports with this status. open: queued, running or canceling. */
                status?: ("open" | "queued" | "running" | "succeeded" | "partial" | "failed" | "canceling" | "canceled") | null;
                /** @description Only reports about this type. */
                type?: string | null;
                /** @description The maximum number of reports on the page. */
                limit?: number;
                /** @description The next_cursor of the previous page. */
                cursor?: string | null;
            };
            header?: {
                /** @description The ETag of the version that the client has. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Poke-Visitor": components["headers"]["Poke-Visitor"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportsView"];
                };
            };
            /** @description The page has not changed. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    create_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description Requests with the same key and the same body create only one report. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportRequestBody"];
            };
        };
        responses: {
            /** @description The report. It is created in the background. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    "Poke-Visitor": components["headers"]["Poke-Visitor"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    get_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that the client has. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. The header Retry-After is present until the report has ended. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description The report has not changed. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    delete_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report and its CSV are deleted. If the report was running, it is stopped. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    download_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A link to the CSV, valid for ten minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    cancel_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. Its status is canceling or canceled. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    retry_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description Requests with the same key and the same body create only one report. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RetryBody"];
            };
        };
        responses: {
            /** @description The report. It is created in the background. */
            202: {
                headers: {
                    Location: components["headers"]["Location"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Unprocessable Content */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    get_visitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The identity that the request has or gets. */
            200: {
                headers: {
                    "Poke-Visitor": components["headers"]["Poke-Visitor"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    adopt_reports: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What has moved. Repeat the request while reports remain. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdoptionView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    share_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report. Anyone with the link links.shared can read it, until it is revoked. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    unshare_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of the report. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report is not shared. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    get_shared_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description The ETag of the version that the client has. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The secret in the share link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report, with links that work for anyone. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportView"];
                };
            };
            /** @description The report has not changed. */
            304: {
                headers: {
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    download_shared_report: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The secret in the share link. */
                token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A link to the CSV, valid for ten minutes. */
            302: {
                headers: {
                    Location: components["headers"]["Location"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    preview_report: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReportRequestBody"];
            };
        };
        responses: {
            /** @description The first rows of the CSV that this request and seed create. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PreviewView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Content Too Large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Unsupported Media Type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    list_types: {
        parameters: {
            query?: {
                /** @description Only Pokémon of this generation. */
                generation?: string | null;
                /** @description Whether to count other forms than the default form of each species. */
                include_forms?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All types. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TypesView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    list_generations: {
        parameters: {
            query?: {
                /** @description Only Pokémon of this type. */
                type?: string | null;
                /** @description Whether to count other forms than the default form of each species. */
                include_forms?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All generations. */
            200: {
                headers: {
                    "Cache-Control": components["headers"]["Cache-Control"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationsView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All dependencies are available. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthView"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description At least one dependency is unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthView"];
                };
            };
        };
    };
    get_openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Internal Server Error */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemView"];
                };
            };
        };
    };
}
type FlattenedDeepRequired<T> = {
    [K in keyof T]-?: FlattenedDeepRequired<T[K] extends unknown[] | undefined | null ? Extract<T[K], unknown[]>[number] : T[K]>;
};
type ReadonlyArray<T> = [
    Exclude<T, undefined>
] extends [
    unknown[]
] ? Readonly<Exclude<T, undefined>> : Readonly<Exclude<T, undefined>[]>;
export const pathsReportsGetParametersQueryStatusAnyOf0Values: ReadonlyArray<FlattenedDeepRequired<paths>["/reports"]["get"]["parameters"]["query"]["status"]> = ["open", "queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"];
export const columnViewTypeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ColumnView"]["type"]> = ["integer", "number", "boolean", "string", "list"];
export const dependencyViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["DependencyView"]["status"]> = ["ok", "unavailable"];
export const healthViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["HealthView"]["status"]> = ["ok", "unavailable"];
export const reportRequestBodyColumnsAnyOf0Values: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReportRequestBody"]["columns"]> = ["id", "name", "species", "generation", "types", "hp", "attack", "defense", "special_attack", "special_defense", "speed", "base_stat_total", "abilities", "hidden_ability", "weak_to", "resists", "immune_to", "height_m", "weight_kg", "base_experience", "capture_rate", "color", "habitat", "shape", "is_default", "is_legendary", "is_mythical", "is_baby", "evolves_from", "sprite_url"];
export const reportSummaryViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReportSummaryView"]["status"]> = ["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"];
export const reportViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReportView"]["status"]> = ["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"];
