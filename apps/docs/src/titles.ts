import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** starlight-openapi calls the first page of the reference "Overview", which says little in a tab or a search result. */
export const onRequest = defineRouteMiddleware(({ locals }) => {
  const { id, entry, head } = locals.starlightRoute;
  if (id !== 'reference') return;
  entry.data.title = 'API reference';
  for (const tag of head) {
    if (tag.tag === 'title') tag.content = tag.content?.replace('Overview', entry.data.title);
    if (tag.attrs?.property === 'og:title') tag.attrs.content = entry.data.title;
  }
});
