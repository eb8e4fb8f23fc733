export HUAWEICLOUD_SDK_AK=SANDBOX-ACCESS-KEY
export HUAWEICLOUD_SDK_SK=sandbox-secret-key
export HUAWEICLOUD_SDK_PROJECT_ID=0123456789abcdef0123456789abcdef
npx -y pnpm@12 exec node apps/docs/samples/identity.ts
