import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';

export const collections = {
  docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }),
  // The one of Starlight's own words that it has not in Chinese.
  i18n: defineCollection({
    loader: () => [{ id: 'zh-CN', 'heading.anchorLabel': '“{{title}}”一节的链接' }],
    schema: i18nSchema(),
  }),
};
