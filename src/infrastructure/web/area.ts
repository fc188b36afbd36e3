import type { Provider, Type } from '@nestjs/common';

/** What a part of the pages brings into the module. */
export type Area = { readonly controllers: readonly Type[]; readonly providers: readonly Provider[] };
