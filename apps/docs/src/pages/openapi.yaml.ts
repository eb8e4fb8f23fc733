import contract from '@connection-records/openapi/openapi.yaml?raw';

export const GET = () => new Response(contract);
