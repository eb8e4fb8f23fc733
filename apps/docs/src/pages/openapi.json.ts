import contract from '@connection-records/openapi/openapi.json?raw';

export const GET = () => new Response(contract);
