connection-records export --from 7d --language zh_CN --out records.xlsx
