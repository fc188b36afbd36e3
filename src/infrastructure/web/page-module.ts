import type { Provider, Type } from '@nestjs/common';

/** What a part of the pages brings into the module. */
export type PageModule = { readonly controllers: readonly Type[]; readonly providers: readonly Provider[] };
