/** Where registered requests come from, and where resolutions are filed. */
export type RegistrySettings =
  | { readonly kind: 'local' }
  | { readonly kind: 'manual' }
  | {
      readonly kind: 'http';
      /** of the gateway, without a slash at its end */
      readonly url: string;
      /** absolute; its content is a secret and is read when it is needed */
      readonly tokenFile: string;
      readonly freshMinutes: number;
      readonly pollMinutes: number;
      /** it shows the documents of a request: an operation that a gateway may leave out, and nothing that it answers tells for sure whether it does */
      readonly listsDocuments: boolean;
    };
