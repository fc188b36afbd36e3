import type { DocumentRegister, RequestRegister } from '../../../application/kernel/ports/document-register';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { RegistrySettings } from './registry-settings';
import type { HttpWatch } from '../http-client/http-client';
import { createGateway } from './gateway/gateway';
import { gatewayDocuments } from './gateway/gateway-documents';
import { gatewayRequests } from './gateway/gateway-requests';
import { localDocumentRegister } from './local-document-register';

/** Art. 7 word for word: the civil servant creates the document in INFOCET, and enters its number here. */
export const manualDocumentRegister: DocumentRegister = { kind: 'manual', file: () => Promise.resolve({ byHand: 'manual' }) };

type Registry = { readonly documents: DocumentRegister; readonly requests: RequestRegister; close(): Promise<void> };

const toldToUs: RequestRegister = { kind: 'told-to-us' };
const nothingToClose = (): Promise<void> => Promise.resolve();

/** Where requests come from and where resolutions go, as the settings say. */
export const openRegistry = (registry: RegistrySettings, clock: Clock, watch: HttpWatch): Registry => {
  switch (registry.kind) {
    case 'local':
      return { documents: localDocumentRegister, requests: toldToUs, close: nothingToClose };
    case 'manual':
      return { documents: manualDocumentRegister, requests: toldToUs, close: nothingToClose };
    case 'http': {
      const gateway = createGateway({ url: registry.url, tokenFile: registry.tokenFile, clock, watch });
      return { documents: gatewayDocuments(gateway, registry), requests: gatewayRequests(gateway, registry), close: () => gateway.close() };
    }
  }
};
