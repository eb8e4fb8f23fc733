// Generated from the contract in openapi/ by `pnpm generate`. Do not edit.

export const operations = {
  "exportConnectionRecords": {
    "method": "GET",
    "path": "/v3/{project_id}/desktops/connections/export",
    "parameters": {
      "project_id": {
        "in": "path"
      },
      "start_time": {
        "in": "query"
      },
      "end_time": {
        "in": "query"
      },
      "user_name": {
        "in": "query"
      },
      "computer_name": {
        "in": "query"
      },
      "terminal_type": {
        "in": "query"
      },
      "language": {
        "in": "query",
        "default": "en_US"
      },
      "min_e2e_rtt": {
        "in": "query"
      },
      "max_e2e_rtt": {
        "in": "query"
      },
      "enterprise_project_id": {
        "in": "query"
      },
      "public_ip": {
        "in": "query"
      },
      "domain": {
        "in": "query"
      }
    },
    "answer": "json"
  },
  "listExportTasks": {
    "method": "GET",
    "path": "/v2/{project_id}/export-tasks",
    "parameters": {
      "project_id": {
        "in": "path"
      },
      "task_id": {
        "in": "query"
      },
      "file_name": {
        "in": "query"
      },
      "status": {
        "in": "query"
      },
      "is_download": {
        "in": "query"
      },
      "sort_field": {
        "in": "query"
      },
      "sort_type": {
        "in": "query",
        "default": "ASC"
      },
      "offset": {
        "in": "query",
        "default": 0
      },
      "limit": {
        "in": "query",
        "default": 20
      },
      "Prefer": {
        "in": "header"
      }
    },
    "answer": "json"
  },
  "downloadExportFile": {
    "method": "GET",
    "path": "/v2/{project_id}/export-tasks/{task_id}/download",
    "parameters": {
      "project_id": {
        "in": "path"
      },
      "task_id": {
        "in": "path"
      },
      "Range": {
        "in": "header"
      },
      "If-Range": {
        "in": "header"
      }
    },
    "answer": "file"
  },
  "deleteExportTasks": {
    "method": "POST",
    "path": "/v2/{project_id}/export-tasks/batch-delete",
    "parameters": {
      "project_id": {
        "in": "path"
      }
    },
    "mediaType": "application/json",
    "answer": "nothing"
  },
  "listConnectionRecords": {
    "method": "GET",
    "path": "/v2/{project_id}/connections/desktops",
    "parameters": {
      "project_id": {
        "in": "path"
      },
      "start_time": {
        "in": "query"
      },
      "end_time": {
        "in": "query"
      },
      "user_name": {
        "in": "query"
      },
      "computer_name": {
        "in": "query"
      },
      "terminal_type": {
        "in": "query"
      },
      "min_network_rtt": {
        "in": "query"
      },
      "max_network_rtt": {
        "in": "query"
      },
      "enterprise_project_id": {
        "in": "query"
      },
      "public_ip": {
        "in": "query"
      },
      "offset": {
        "in": "query",
        "default": 0
      },
      "limit": {
        "in": "query",
        "default": 20
      }
    },
    "answer": "json"
  }
} as const;
