// Generated from the contract in openapi/ by `pnpm generate`. Do not edit.

export interface paths {
    "/v3/{project_id}/desktops/connections/export": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * Start an export of connection records
         * @description Starts a task that writes the connection records matching every filter given to a file, and answers with the task's
         *     id at once. At most 30 days of records can be exported. Follow the task with `listExportTasks`, then get the file
         *     with `downloadExportFile`.
         *
         *     **This GET creates something**, and there is no key to make it idempotent. Do not cache it, and do not repeat it blindly
         *     after a lost answer: look in `listExportTasks` first, or there may be two exports.
         *
         *     With identity policies this needs no permission, says the page; with roles, the vendor's table of permissions tells.
         */
        get: operations["exportConnectionRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/{project_id}/export-tasks": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * List export tasks
         * @description Lists the export tasks of the project, a page at a time, those of other exports than this one among them. To follow
         *     one task, ask for its `task_id` every few seconds until its status is no longer `CREATING`; starting at 2 seconds
         *     and slowing down to 30 is this project's advice; the vendor names no interval.
         *
         *     Needs the permission `workspace:tenants:listExportTasks`.
         */
        get: operations["listExportTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/{project_id}/export-tasks/{task_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * @description Id of the export task, as `exportConnectionRecords` answered it.
                 *     Limits: 1 to 64 characters.
                 * @example 2b31ed520f00f22aebedb6e57c0ffee0
                 */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        /**
         * Download an exported file
         * @description Gives the file of a task whose status is `SUCCESS`. (That this sets the task's `is_download` is to be expected, not
         *     documented.) Take the body as bytes and tell
         *     its format by the first of them (`PK` begins an Excel workbook): the vendor documents neither format nor media type.
         *     Should the answer redirect, do not send the credentials to another origin.
         *
         *     Needs the permission `workspace:tenants:exportData`; an older revision of the page asks for none.
         */
        get: operations["downloadExportFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/{project_id}/export-tasks/batch-delete": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete export tasks
         * @description Deletes tasks of the export centre. (That their files go with them is to be expected, not documented.) What happens to ids that do not exist, and to tasks still
         *     `CREATING`, is not documented.
         *
         *     Needs the permission `workspace:tenants:deleteExportTasks`.
         */
        post: operations["deleteExportTasks"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/{project_id}/connections/desktops": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /**
         * List connection records
         * @description Lists connection records as JSON, a page at a time: the rows that an export writes to its file. Mind that its times are
         *     to the minute and that its latency filters have other names than those of the export.
         *
         *     Needs the permission `workspace:connections:securityList`.
         */
        get: operations["listConnectionRecords"];
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
        /**
         * @description A language of the exported file.
         * @default en_US
         * @enum {string}
         */
        Language: "zh_CN" | "en_US";
        /** @description Id of an export task. */
        TaskId: string;
        /** @description The task that an export started. */
        ExportStarted: {
            task_id: components["schemas"]["TaskId"];
        };
        /**
         * @description Why a request was refused. Judge by `error_code` first and by the status second: for a missing resource, the vendor's
         *     Terraform provider expects 400, 403 and 500 besides 404.
         */
        Error: {
            /**
             * @description Code of the error: `WKS.` from Workspace, `APIGW.` from the gateway in front of it. Its length is not to be relied
             *     on, since the vendor's definitions disagree about it (8 to 36, or up to 12).
             */
            error_code: string;
            /** @description What went wrong, for a person to read. */
            error_msg: string;
            /** @description Further detail. */
            error_detail?: string;
            /** @description With 403, why a policy refused the request, encoded; the security token service (STS) decodes it. */
            encoded_authorization_message?: string;
            /** @description Id of the request, where the gateway answered. */
            request_id?: string;
        };
        /**
         * @description Where an export task stands. It is `CREATING` while it runs and ends as `SUCCESS` or `FAIL`; a success later becomes
         *     `EXPIRED`, when its file is gone. Be ready for further values.
         * @enum {string}
         */
        ExportTaskStatus: "CREATING" | "SUCCESS" | "FAIL" | "EXPIRED";
        /** @description A time of a task. UTC, to the millisecond. */
        TaskTime: string;
        /** @description An export task. A list may hold tasks of other exports too; the file name tells which. */
        ExportTask: {
            task_id: components["schemas"]["TaskId"];
            /** @description Name of the exported file. */
            file_name?: string;
            status: components["schemas"]["ExportTaskStatus"];
            /** @description Why the task failed, for a person to read. */
            fail_reason?: string;
            /** @description Error code of a failed task. */
            error_code?: string;
            /** @description When the task started. */
            create_time?: components["schemas"]["TaskTime"];
            /** @description When the task ended. */
            end_time?: components["schemas"]["TaskTime"];
            /** @description Whether the file has been downloaded already. */
            is_download?: boolean;
        };
        /** @description A page of export tasks. */
        ExportTaskList: {
            /** @description The tasks of this page. */
            export_tasks: components["schemas"]["ExportTask"][];
            /**
             * Format: int32
             * @description How many tasks match in all, on every page together.
             */
            count: number;
        };
        /** @description The export tasks to delete. */
        DeleteExportTasksRequest: {
            /**
             * @description Ids of the tasks, each one once.
             *     Limits: 1 to 200 items, each 1 to 64 characters.
             * @example [
             *       "2b31ed520f00f22aebedb6e57c0ffee0"
             *     ]
             */
            task_ids: string[];
        };
        /** @description A time of a connection. UTC, to the second. */
        RecordTime: string;
        /** @description One connection of a user to a desktop. Any field may be missing. */
        ConnectionRecord: {
            /** @description Id of the tenant. The one field that the service spells in camel case. */
            tenantId?: string;
            /** @description SID of the desktop. */
            sid?: string;
            /** @description Id of the connection, the nearest thing to a key of the record. */
            transaction_id?: string;
            /** @description Computer name of the desktop. */
            computer_name?: string;
            /** @description Name under which the user logged in. */
            user_name?: string;
            /** @description MAC address of the terminal, in the vendor's example in lower case with hyphens. */
            terminal_mac?: string;
            /** @description Name of the terminal, the device in front of the user. */
            terminal_name?: string;
            /** @description IP address of the terminal. */
            terminal_ip?: string;
            /** @description Version of AccessClient, the program on the terminal. */
            client_version?: string;
            /** @description Operating system of the terminal. */
            terminal_type?: string;
            /** @description Version of AccessAgent, the program on the desktop. */
            agent_version?: string;
            /** @description IP address of the desktop. */
            desktop_ip?: string;
            /** @description When the user began to connect. The times of the filters mean this one. */
            connection_start_time?: components["schemas"]["RecordTime"];
            /** @description When the connection stood. Empty or missing if it never did. */
            connection_setup_time?: components["schemas"]["RecordTime"];
            /** @description When the connection ended. Empty or missing while it lasts. */
            connection_end_time?: components["schemas"]["RecordTime"];
            /** @description Whether the session was resumed after a break. */
            is_reconnect?: boolean;
            /** @description Why the connection failed, or other details of it. */
            connection_failure_reason?: string;
            /**
             * Format: int32
             * @description Network latency, in milliseconds.
             */
            network_rtt?: number;
            /**
             * Format: int32
             * @description End-to-end latency, in milliseconds.
             */
            e2e_rtt?: number;
            /** @description Source IP address of the client. */
            source_ip?: string;
            /** @description Egress IP address of the client. */
            public_ip?: string;
            /** @description Id of the enterprise project that the desktop belongs to; `0` is the default one. */
            enterprise_project_id?: string;
        };
        /** @description A page of connection records. */
        ConnectionRecordList: {
            /** @description The records of this page. */
            records: components["schemas"]["ConnectionRecord"][];
            /**
             * Format: int32
             * @description How many records match in all, on every page together.
             */
            total_count: number;
        };
    };
    responses: {
        /** @description The request is not valid, its time window for example. Mend it before sending it again. */
        BadWindow: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request carries no credentials, or wrong ones. */
        Unauthorized: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The credentials are right and do not allow this. */
        Forbidden: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is nothing at this address. */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The path does not have this method. */
        MethodNotAllowed: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Too many requests in a short time. Wait, then try again. */
        TooManyRequests: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The service failed. Trying again later may help. */
        InternalServerError: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The service cannot answer now. Trying again later may help. */
        ServiceUnavailable: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The request is not valid. Mend it before sending it again. */
        BadRequest: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There is no such task, or it has no file, not yet or no longer. */
        FileNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The part that was asked for begins after the end of the file. */
        RangeNotSatisfiable: {
            headers: {
                "X-Request-Id": components["headers"]["XRequestId"];
                "Content-Range": components["headers"]["ContentRange"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
         *     Limits: 1 to 255 characters.
         * @example 0123456789abcdef0123456789abcdef
         */
        ProjectId: string;
        /**
         * @description Export records of connections that started at this time or later. UTC, to the second. It must lie within the last
         *     30 days. Each bound may be given alone; both left out means the last 30 days.
         *     Limits: written as in the example.
         * @example 2026-02-01T00:00:00Z
         */
        ExportStartTime: string;
        /**
         * @description Export records of connections that started before this time. UTC, to the second. It must lie within the last 30 days.
         *     Each bound may be given alone. (The vendor's page says here "if the start time is not empty, the start time is
         *     optional", a slip for: the end time is optional.)
         *     Limits: written as in the example.
         * @example 2026-02-08T00:00:00Z
         */
        ExportEndTime: string;
        /**
         * @description Only records of this user, by the name used to log in to the desktop. Matched exactly.
         *     Limits: 0 to 255 characters.
         * @example zhang3@corp.example
         */
        UserName: string;
        /**
         * @description Only records of the desktop with this computer name, as its operating system shows it. Matched exactly.
         *     Limits: 0 to 255 characters.
         * @example DESK-0042
         */
        ComputerName: string;
        /**
         * @description Only records whose terminal (the device in front of the user) runs this operating system. Matched anywhere in the
         *     name: `Windows` finds `Windows 10` and `Windows 11`. (The page of the list calls `WI` the only value, while its own
         *     example record has `Windows 10`; the text of the export is taken for both.)
         *     Limits: 0 to 255 characters.
         * @example Windows 10
         */
        TerminalType: string;
        /**
         * @description Language of the exported file: its column names and its words for yes and no.
         *     Limits: `zh_CN`, `en_US`; left out, en_US.
         * @example en_US
         */
        ExportLanguage: components["schemas"]["Language"];
        /**
         * @description Only records with an end-to-end latency of at least this many milliseconds. (The page writes "E1E latency"; the
         *     Chinese page says end to end.)
         *     Limits: 0 to 10000.
         * @example 50
         */
        MinE2eRtt: number;
        /**
         * @description Only records with an end-to-end latency of at most this many milliseconds. (The page writes "E1E latency"; the
         *     Chinese page says end to end.)
         *     Limits: 0 to 10000.
         * @example 300
         */
        MaxE2eRtt: number;
        /**
         * @description Only records of this enterprise project. `0` is the default enterprise project; left out, all of them.
         *     Limits: none known.
         * @example 0
         */
        EnterpriseProjectId: string;
        /**
         * @description Only records of connections from this egress IP address, the one under which the client reaches the internet.
         *     Limits: none known.
         * @example 203.0.113.17
         */
        PublicIp: string;
        /**
         * @description Only records of users of this domain. The vendor's SDKs send this parameter since April 2026 (Java 3.1.193); its
         *     page, last changed in February 2026, does not have it.
         *     Limits: none known.
         * @example corp.example
         */
        Domain: string;
        /**
         * @description Only the task with this id. There is no operation that reads a single task, so this is how one is followed.
         *     Limits: 1 to 64 characters.
         * @example 2b31ed520f00f22aebedb6e57c0ffee0
         */
        TaskIdFilter: components["schemas"]["TaskId"];
        /**
         * @description Only tasks whose file has this name. Matched exactly.
         *     Limits: none known.
         * @example connection-records-20260210021122.csv
         */
        FileNameFilter: string;
        /**
         * @description Only tasks in this status.
         *     Limits: `CREATING`, `SUCCESS`, `FAIL`, `EXPIRED`.
         * @example SUCCESS
         */
        StatusFilter: components["schemas"]["ExportTaskStatus"];
        /**
         * @description Only tasks whose file has been downloaded already (`true`) or not yet (`false`). The page calls `false` the default,
         *     and leaves open whether leaving it out hides tasks already downloaded: to find a task for certain, ask without it,
         *     then with `true`.
         *     Limits: `true`, `false`.
         * @example false
         */
        IsDownloadFilter: boolean;
        /**
         * @description Sort the tasks by this field. Give it together with `sort_type`.
         *     Limits: `create_time`.
         * @example create_time
         */
        SortField: "create_time";
        /**
         * @description Order of the sort: oldest first (`ASC`) or newest first (`DESC`). Give it together with `sort_field`.
         *     Limits: `ASC`, `DESC`; left out, ASC.
         * @example DESC
         */
        SortType: "ASC" | "DESC";
        /**
         * @description How many items to skip before the first one of the page.
         *     Limits: 0 to 2147483646; left out, 0.
         * @example 0
         */
        Offset: number;
        /**
         * @description The most tasks to put on a page.
         *     Limits: 1 to 100; left out, 20.
         * @example 20
         */
        TasksLimit: number;
        /**
         * @description With `wait=SECONDS` (RFC 7240), the answer comes as soon as one of the listed tasks changes, or when the time is up, at
         *     most 30 seconds later. A server may ignore it. (This project's mock also understands `example=NAME` and `code=STATUS`.)
         *     Limits: none known.
         * @example wait=10
         */
        PreferWait: string;
        /**
         * @description Id of the export task, as `exportConnectionRecords` answered it.
         *     Limits: 1 to 64 characters.
         * @example 2b31ed520f00f22aebedb6e57c0ffee0
         */
        TaskId: components["schemas"]["TaskId"];
        /**
         * @description The part of the file to send, `bytes=FIRST-` for what is left of a download that broke (RFC 9110). A server may ignore
         *     it and send the whole file with 200.
         *     Limits: none known.
         * @example bytes=1024-
         */
        Range: string;
        /**
         * @description The `ETag` of the file that `Range` speaks of. If the file is another one by now, the whole of it is sent.
         *     Limits: none known.
         * @example "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
         */
        IfRange: string;
        /**
         * @description List records of connections that started at this time or later. UTC, to the **minute**, unlike the export's. It must
         *     lie within the last 30 days, and `end_time` must be given with it.
         *     Limits: written as in the example.
         * @example 2026-02-01T00:00Z
         */
        RecordsStartTime: string;
        /**
         * @description List records of connections that started before this time. UTC, to the **minute**, unlike the export's. It must lie
         *     within the last 30 days, and `start_time` must be given with it.
         *     Limits: written as in the example.
         * @example 2026-02-08T00:00Z
         */
        RecordsEndTime: string;
        /**
         * @description Only records with a latency of at least this many milliseconds. The page describes it as end-to-end latency, as it
         *     does the export's `min_e2e_rtt`, in spite of its name.
         *     Limits: 0 to 10000.
         * @example 50
         */
        MinNetworkRtt: number;
        /**
         * @description Only records with a latency of at most this many milliseconds. The page describes it as end-to-end latency, as it
         *     does the export's `max_e2e_rtt`, in spite of its name.
         *     Limits: 0 to 10000.
         * @example 300
         */
        MaxNetworkRtt: number;
        /**
         * @description The most records to put on a page. What `0` gives is not documented; the total alone, as this project reads it.
         *     Limits: 0 to 1000; left out, 20.
         * @example 20
         */
        RecordsLimit: number;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Id of the request. Quote it when asking the vendor about an answer.
         * @example 9f2d1c44b0a8e7d35f61c2b0a9e8d7f6
         */
        XRequestId: string;
        /**
         * @description How many seconds to wait before the request is worth repeating.
         * @example 30
         */
        RetryAfter: number;
        /**
         * @description While a listed task is `CREATING`, how many seconds to wait before asking again.
         * @example 1
         */
        PollAfter: number;
        /**
         * @description That the body is a file, and its name.
         * @example attachment; filename="connection-records-20260210021122.csv"
         */
        ContentDisposition: string;
        /**
         * @description Tells this file from any other, for `If-Range`.
         * @example "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
         */
        ETag: string;
        /**
         * @description The SHA-256 of the whole file (RFC 9530), to check a download with, also one that came in parts.
         * @example sha-256=:tbudgBSg+bHWHiHnlteNzN8TUvI80ygS9IULh4rklEw=:
         */
        ReprDigest: string;
        /**
         * @description Which bytes of the file these are, and how many it has in all.
         * @example bytes 292-503/733
         */
        ContentRange: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    exportConnectionRecords: {
        parameters: {
            query?: {
                /**
                 * @description Export records of connections that started at this time or later. UTC, to the second. It must lie within the last
                 *     30 days. Each bound may be given alone; both left out means the last 30 days.
                 *     Limits: written as in the example.
                 * @example 2026-02-01T00:00:00Z
                 */
                start_time?: components["parameters"]["ExportStartTime"];
                /**
                 * @description Export records of connections that started before this time. UTC, to the second. It must lie within the last 30 days.
                 *     Each bound may be given alone. (The vendor's page says here "if the start time is not empty, the start time is
                 *     optional", a slip for: the end time is optional.)
                 *     Limits: written as in the example.
                 * @example 2026-02-08T00:00:00Z
                 */
                end_time?: components["parameters"]["ExportEndTime"];
                /**
                 * @description Only records of this user, by the name used to log in to the desktop. Matched exactly.
                 *     Limits: 0 to 255 characters.
                 * @example zhang3@corp.example
                 */
                user_name?: components["parameters"]["UserName"];
                /**
                 * @description Only records of the desktop with this computer name, as its operating system shows it. Matched exactly.
                 *     Limits: 0 to 255 characters.
                 * @example DESK-0042
                 */
                computer_name?: components["parameters"]["ComputerName"];
                /**
                 * @description Only records whose terminal (the device in front of the user) runs this operating system. Matched anywhere in the
                 *     name: `Windows` finds `Windows 10` and `Windows 11`. (The page of the list calls `WI` the only value, while its own
                 *     example record has `Windows 10`; the text of the export is taken for both.)
                 *     Limits: 0 to 255 characters.
                 * @example Windows 10
                 */
                terminal_type?: components["parameters"]["TerminalType"];
                /**
                 * @description Language of the exported file: its column names and its words for yes and no.
                 *     Limits: `zh_CN`, `en_US`; left out, en_US.
                 * @example en_US
                 */
                language?: components["parameters"]["ExportLanguage"];
                /**
                 * @description Only records with an end-to-end latency of at least this many milliseconds. (The page writes "E1E latency"; the
                 *     Chinese page says end to end.)
                 *     Limits: 0 to 10000.
                 * @example 50
                 */
                min_e2e_rtt?: components["parameters"]["MinE2eRtt"];
                /**
                 * @description Only records with an end-to-end latency of at most this many milliseconds. (The page writes "E1E latency"; the
                 *     Chinese page says end to end.)
                 *     Limits: 0 to 10000.
                 * @example 300
                 */
                max_e2e_rtt?: components["parameters"]["MaxE2eRtt"];
                /**
                 * @description Only records of this enterprise project. `0` is the default enterprise project; left out, all of them.
                 *     Limits: none known.
                 * @example 0
                 */
                enterprise_project_id?: components["parameters"]["EnterpriseProjectId"];
                /**
                 * @description Only records of connections from this egress IP address, the one under which the client reaches the internet.
                 *     Limits: none known.
                 * @example 203.0.113.17
                 */
                public_ip?: components["parameters"]["PublicIp"];
                /**
                 * @description Only records of users of this domain. The vendor's SDKs send this parameter since April 2026 (Java 3.1.193); its
                 *     page, last changed in February 2026, does not have it.
                 *     Limits: none known.
                 * @example corp.example
                 */
                domain?: components["parameters"]["Domain"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The export has started. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportStarted"];
                };
            };
            400: components["responses"]["BadWindow"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listExportTasks: {
        parameters: {
            query?: {
                /**
                 * @description Only the task with this id. There is no operation that reads a single task, so this is how one is followed.
                 *     Limits: 1 to 64 characters.
                 * @example 2b31ed520f00f22aebedb6e57c0ffee0
                 */
                task_id?: components["parameters"]["TaskIdFilter"];
                /**
                 * @description Only tasks whose file has this name. Matched exactly.
                 *     Limits: none known.
                 * @example connection-records-20260210021122.csv
                 */
                file_name?: components["parameters"]["FileNameFilter"];
                /**
                 * @description Only tasks in this status.
                 *     Limits: `CREATING`, `SUCCESS`, `FAIL`, `EXPIRED`.
                 * @example SUCCESS
                 */
                status?: components["parameters"]["StatusFilter"];
                /**
                 * @description Only tasks whose file has been downloaded already (`true`) or not yet (`false`). The page calls `false` the default,
                 *     and leaves open whether leaving it out hides tasks already downloaded: to find a task for certain, ask without it,
                 *     then with `true`.
                 *     Limits: `true`, `false`.
                 * @example false
                 */
                is_download?: components["parameters"]["IsDownloadFilter"];
                /**
                 * @description Sort the tasks by this field. Give it together with `sort_type`.
                 *     Limits: `create_time`.
                 * @example create_time
                 */
                sort_field?: components["parameters"]["SortField"];
                /**
                 * @description Order of the sort: oldest first (`ASC`) or newest first (`DESC`). Give it together with `sort_field`.
                 *     Limits: `ASC`, `DESC`; left out, ASC.
                 * @example DESC
                 */
                sort_type?: components["parameters"]["SortType"];
                /**
                 * @description How many items to skip before the first one of the page.
                 *     Limits: 0 to 2147483646; left out, 0.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description The most tasks to put on a page.
                 *     Limits: 1 to 100; left out, 20.
                 * @example 20
                 */
                limit?: components["parameters"]["TasksLimit"];
            };
            header?: {
                /**
                 * @description With `wait=SECONDS` (RFC 7240), the answer comes as soon as one of the listed tasks changes, or when the time is up, at
                 *     most 30 seconds later. A server may ignore it. (This project's mock also understands `example=NAME` and `code=STATUS`.)
                 *     Limits: none known.
                 * @example wait=10
                 */
                Prefer?: components["parameters"]["PreferWait"];
            };
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of export tasks. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "Retry-After": components["headers"]["PollAfter"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportTaskList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    downloadExportFile: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The part of the file to send, `bytes=FIRST-` for what is left of a download that broke (RFC 9110). A server may ignore
                 *     it and send the whole file with 200.
                 *     Limits: none known.
                 * @example bytes=1024-
                 */
                Range?: components["parameters"]["Range"];
                /**
                 * @description The `ETag` of the file that `Range` speaks of. If the file is another one by now, the whole of it is sent.
                 *     Limits: none known.
                 * @example "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c"
                 */
                "If-Range"?: components["parameters"]["IfRange"];
            };
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
                /**
                 * @description Id of the export task, as `exportConnectionRecords` answered it.
                 *     Limits: 1 to 64 characters.
                 * @example 2b31ed520f00f22aebedb6e57c0ffee0
                 */
                task_id: components["parameters"]["TaskId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file: an Excel workbook or comma-separated text, with a header row in the language that the export asked for. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "Content-Disposition": components["headers"]["ContentDisposition"];
                    ETag: components["headers"]["ETag"];
                    "Repr-Digest": components["headers"]["ReprDigest"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            /** @description The part of the file that `Range` asks for. */
            206: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    "Content-Range": components["headers"]["ContentRange"];
                    ETag: components["headers"]["ETag"];
                    "Repr-Digest": components["headers"]["ReprDigest"];
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": string;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["FileNotFound"];
            405: components["responses"]["MethodNotAllowed"];
            416: components["responses"]["RangeNotSatisfiable"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteExportTasks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        /** @description The ids of the tasks. The vendor's page sends it as `application/json;charset=UTF-8`. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DeleteExportTasksRequest"];
            };
        };
        responses: {
            /** @description The tasks are deleted. There is no body. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    listConnectionRecords: {
        parameters: {
            query?: {
                /**
                 * @description List records of connections that started at this time or later. UTC, to the **minute**, unlike the export's. It must
                 *     lie within the last 30 days, and `end_time` must be given with it.
                 *     Limits: written as in the example.
                 * @example 2026-02-01T00:00Z
                 */
                start_time?: components["parameters"]["RecordsStartTime"];
                /**
                 * @description List records of connections that started before this time. UTC, to the **minute**, unlike the export's. It must lie
                 *     within the last 30 days, and `start_time` must be given with it.
                 *     Limits: written as in the example.
                 * @example 2026-02-08T00:00Z
                 */
                end_time?: components["parameters"]["RecordsEndTime"];
                /**
                 * @description Only records of this user, by the name used to log in to the desktop. Matched exactly.
                 *     Limits: 0 to 255 characters.
                 * @example zhang3@corp.example
                 */
                user_name?: components["parameters"]["UserName"];
                /**
                 * @description Only records of the desktop with this computer name, as its operating system shows it. Matched exactly.
                 *     Limits: 0 to 255 characters.
                 * @example DESK-0042
                 */
                computer_name?: components["parameters"]["ComputerName"];
                /**
                 * @description Only records whose terminal (the device in front of the user) runs this operating system. Matched anywhere in the
                 *     name: `Windows` finds `Windows 10` and `Windows 11`. (The page of the list calls `WI` the only value, while its own
                 *     example record has `Windows 10`; the text of the export is taken for both.)
                 *     Limits: 0 to 255 characters.
                 * @example Windows 10
                 */
                terminal_type?: components["parameters"]["TerminalType"];
                /**
                 * @description Only records with a latency of at least this many milliseconds. The page describes it as end-to-end latency, as it
                 *     does the export's `min_e2e_rtt`, in spite of its name.
                 *     Limits: 0 to 10000.
                 * @example 50
                 */
                min_network_rtt?: components["parameters"]["MinNetworkRtt"];
                /**
                 * @description Only records with a latency of at most this many milliseconds. The page describes it as end-to-end latency, as it
                 *     does the export's `max_e2e_rtt`, in spite of its name.
                 *     Limits: 0 to 10000.
                 * @example 300
                 */
                max_network_rtt?: components["parameters"]["MaxNetworkRtt"];
                /**
                 * @description Only records of this enterprise project. `0` is the default enterprise project; left out, all of them.
                 *     Limits: none known.
                 * @example 0
                 */
                enterprise_project_id?: components["parameters"]["EnterpriseProjectId"];
                /**
                 * @description Only records of connections from this egress IP address, the one under which the client reaches the internet.
                 *     Limits: none known.
                 * @example 203.0.113.17
                 */
                public_ip?: components["parameters"]["PublicIp"];
                /**
                 * @description How many items to skip before the first one of the page.
                 *     Limits: 0 to 2147483646; left out, 0.
                 * @example 0
                 */
                offset?: components["parameters"]["Offset"];
                /**
                 * @description The most records to put on a page. What `0` gives is not documented; the total alone, as this project reads it.
                 *     Limits: 0 to 1000; left out, 20.
                 * @example 20
                 */
                limit?: components["parameters"]["RecordsLimit"];
            };
            header?: never;
            path: {
                /**
                 * @description Id of the project that owns the desktops, as the identity service (IAM) gives it. Usually 32 hexadecimal digits.
                 *     Limits: 1 to 255 characters.
                 * @example 0123456789abcdef0123456789abcdef
                 */
                project_id: components["parameters"]["ProjectId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of connection records. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["XRequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionRecordList"];
                };
            };
            400: components["responses"]["BadWindow"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            405: components["responses"]["MethodNotAllowed"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
