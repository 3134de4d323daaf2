import { z } from 'zod';
import { defineEvent, type EventContract } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

export const LINK_CHANNELS = ['email', 'sms'] as const;
/** The way on which an access link goes to its person. */
export type LinkChannel = (typeof LINK_CHANNELS)[number];

/** Events about the links of one account follow each other in order. */
function linkEvent<Data extends { linkId: string; userId: string }>(
  contract: Pick<EventContract<Data>, 'type' | 'source' | 'description' | 'data'>,
): EventContract<Data> {
  return defineEvent({
    ...contract,
    topic: TOPICS.accessLinks,
    key: (companyId, data) => `${companyId}/${data.userId}`,
    subject: (data) => data.linkId,
  });
}

export const accessLinkRequested = linkEvent({
  type: 'access-link.requested.v1',
  source: ['user-admin'],
  description:
    'An access link is to be sent. Its token is in no event: whoever sends it asks user-admin for it at that moment (`make-access-token`).',
  data: z.object({ linkId: id, userId: id, channel: z.enum(LINK_CHANNELS) }),
});

export const accessLinkSettled = linkEvent({
  type: 'access-link.settled.v1',
  source: ['notification'],
  description: 'An access link was delivered, or could not be.',
  data: z.object({
    linkId: id,
    userId: id,
    outcome: z.enum(['delivered', 'failed']),
    /** Why it failed, as a code. */
    reason: z.string().max(50).exactOptional(),
  }),
});
