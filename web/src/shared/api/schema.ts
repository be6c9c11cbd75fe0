// Generated from the app's OpenAPI document by `npm run api-types`; do not edit.

export interface paths {
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists reports, newest first */
        get: operations["list_reports"];
        put?: never;
        /** Asks for a report */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        /** Shows a report */
        get: operations["get_report"];
        put?: never;
        post?: never;
        /** Deletes a report, running or not */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        /** Leads to the CSV */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a report */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes a report again, with the same request and seed */
        post: operations["retry_report"];
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
        /** Names the types, and counts the Pokémon of each */
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
        /** Names the generations, and counts the Pokémon of each */
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
        /** Tells whether what the app depends on can be reached */
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
        /** This document */
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
         * @description Why there is no report.
         */
        ErrorView: {
            /** Title */
            title: string;
            /** Detail */
            detail: string;
        };
        /**
         * FailureView
         * @description A Pokémon that is not in the report.
         */
        FailureView: {
            /** Pokemon */
            pokemon: string;
            /** Reason */
            reason: string;
        };
        /** FaultView */
        FaultView: {
            /**
             * Pointer
             * @description A JSON pointer (RFC 6901) to what is wrong.
             * @example /columns/1
             */
            pointer: string;
            /**
             * Detail
             * @description What is wrong, and what would be right.
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
         * @description Each thing the app depends on.
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
         * @description Where to go from here; null where it makes no sense now.
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
        };
        /** NameCount */
        NameCount: {
            /** Name */
            name: string;
            /**
             * Pokemon Count
             * @description How many Pokémon a report of it would have.
             */
            pokemon_count: number;
        };
        /**
         * ProblemView
         * @description RFC 9457 problem details.
         */
        ProblemView: {
            /**
             * Type
             * @description A URN that tells problems apart.
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
             * @description Every fault of a request that is not valid.
             * @default null
             */
            errors?: components["schemas"]["FaultView"][] | null;
        };
        /**
         * ProgressView
         * @description Pokémon counted; done includes the failed ones. The total is 0 until the report is planned.
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
         * @description What to report on. Everything may be left out, and null is the same as leaving out.
         * @example {
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
             * @description A type by its name, such as electric; see GET /types.
             * @default null
             */
            type?: string | null;
            /**
             * Generation
             * @description Pokémon of the species that first appeared in it; see GET /generations.
             * @default null
             */
            generation?: string | null;
            /**
             * Include Forms
             * @description False keeps the default form of each species only. True unless said otherwise.
             * @default null
             */
            include_forms?: boolean | null;
            /**
             * Sample Size
             * @description How many at random; all of them where there are fewer.
             * @default null
             */
            sample_size?: number | null;
            /**
             * Seed
             * @description Makes the sample repeatable; drawn where none is given.
             * @default null
             */
            seed?: number | null;
            /**
             * Columns
             * @description Some of the columns, in the order wanted.
             * @default null
             */
            columns?: ("id" | "name" | "species" | "generation" | "types" | "hp" | "attack" | "defense" | "special_attack" | "special_defense" | "speed" | "base_stat_total" | "abilities" | "hidden_ability" | "weak_to" | "resists" | "immune_to" | "height_m" | "weight_kg" | "base_experience" | "capture_rate" | "color" | "habitat" | "shape" | "is_default" | "is_legendary" | "is_mythical" | "is_baby" | "evolves_from" | "sprite_url")[] | null;
        };
        /**
         * ReportRequestView
         * @description The request with every default filled in; it makes the same report again.
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
         * ReportView
         * @description A report. Times are RFC 3339 in UTC.
         * @example {
         *       "id": "e5df488ba50-05402d32cc039b2e",
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
         *       "failures": [],
         *       "failure_count": 0,
         *       "warnings": [],
         *       "error": null,
         *       "retry_of": null,
         *       "links": {
         *         "self": "/api/reports/e5df488ba50-05402d32cc039b2e",
         *         "download": "/api/reports/e5df488ba50-05402d32cc039b2e/download",
         *         "cancel": null,
         *         "retry": "/api/reports/e5df488ba50-05402d32cc039b2e/retry"
         *       }
         *     }
         */
        ReportView: {
            /**
             * Id
             * @description Opaque, and sorts newest first.
             * @example e5df488ba50-05402d32cc039b2e
             */
            id: string;
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
             * @description When the report and its CSV will be deleted.
             */
            expires_at: string;
            progress: components["schemas"]["ProgressView"];
            /** @description Null until the report is succeeded or partial. */
            result: components["schemas"]["ResultView"] | null;
            /**
             * Failures
             * @description The first hundred at most.
             */
            failures: components["schemas"]["FailureView"][];
            /**
             * Failure Count
             * @description All of them.
             */
            failure_count: number;
            /** Warnings */
            warnings: string[];
            error: components["schemas"]["ErrorView"] | null;
            /**
             * Retry Of
             * @description The report that this one makes again.
             */
            retry_of: string | null;
            links: components["schemas"]["LinksView"];
        };
        /**
         * ReportsView
         * @description A page of reports, newest first.
         */
        ReportsView: {
            /** Reports */
            reports: components["schemas"]["ReportView"][];
            /**
             * Next Cursor
             * @description Null on the last page.
             */
            next_cursor: string | null;
        };
        /**
         * ResultView
         * @description The published CSV.
         */
        ResultView: {
            /**
             * Rows
             * @description Without the header.
             */
            rows: number;
            /** Bytes */
            bytes: number;
            /**
             * Sha256
             * @description Of the whole file, in hex.
             */
            sha256: string;
            /** Columns */
            columns: components["schemas"]["ColumnView"][];
        };
        /** TypesView */
        TypesView: {
            /** Types */
            types: components["schemas"]["NameCount"][];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The report. */
        Location: string;
        /** @description Ask again in so many seconds. */
        "Retry-After": number;
        /** @description Of this state; send it as If-None-Match. */
        ETag: string;
        /** @description The methods of this route. */
        Allow: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_reports: {
        parameters: {
            query?: {
                /** @description Only reports of this status. */
                status?: ("queued" | "running" | "succeeded" | "partial" | "failed" | "canceling" | "canceled") | null;
                /** @description Only reports that were asked for this type. */
                type?: string | null;
                /** @description At most so many. */
                limit?: number;
                /** @description The next_cursor of the page before. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of reports. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReportsView"];
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
    create_report: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and body answer the same report, however often they are sent. */
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
            /** @description The report, which is made in the background. */
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
                /** @description The ETag of the state that is known. */
                "If-None-Match"?: string;
            };
            path: {
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report; Retry-After while it runs. */
            200: {
                headers: {
                    ETag: components["headers"]["ETag"];
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report is gone, and so is its CSV. */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A link that reads this one CSV for ten minutes. */
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
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report, canceling or canceled. */
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
            header?: never;
            path: {
                /** @description The report's id. */
                report_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The report, which is made in the background. */
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
    list_types: {
        parameters: {
            query?: {
                /** @description Only those of this generation. */
                generation?: string | null;
                /** @description False counts the default form of each species only. */
                include_forms?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
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
                /** @description Only those of this type. */
                type?: string | null;
                /** @description False counts the default form of each species only. */
                include_forms?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them. */
            200: {
                headers: {
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
            /** @description Everything can be reached. */
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
            /** @description Something cannot. */
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
export const pathsReportsGetParametersQueryStatusAnyOf0Values: ReadonlyArray<FlattenedDeepRequired<paths>["/reports"]["get"]["parameters"]["query"]["status"]> = ["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"];
export const columnViewTypeValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ColumnView"]["type"]> = ["integer", "number", "boolean", "string", "list"];
export const dependencyViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["DependencyView"]["status"]> = ["ok", "unavailable"];
export const healthViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["HealthView"]["status"]> = ["ok", "unavailable"];
export const reportRequestBodyColumnsAnyOf0Values: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReportRequestBody"]["columns"]> = ["id", "name", "species", "generation", "types", "hp", "attack", "defense", "special_attack", "special_defense", "speed", "base_stat_total", "abilities", "hidden_ability", "weak_to", "resists", "immune_to", "height_m", "weight_kg", "base_experience", "capture_rate", "color", "habitat", "shape", "is_default", "is_legendary", "is_mythical", "is_baby", "evolves_from", "sprite_url"];
export const reportViewStatusValues: ReadonlyArray<FlattenedDeepRequired<components>["schemas"]["ReportView"]["status"]> = ["queued", "running", "succeeded", "partial", "failed", "canceling", "canceled"];
