import { Inject, Injectable } from '@nestjs/common';
import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { CONFIG } from '@muster/platform';
import type { UserAdminConfig } from '../config.js';
import { AccessLinksRepository, type WaitingLink } from './access-links.repository.js';
import { LinkFile } from './link-sink.js';
import { LinkTokens, type Settlement } from './link-tokens.js';

const POLL_MS = 2_000;
const LEASE_SECONDS = 30;
const AT_ONCE = 100;
const MOST_TRIES = 5;

/**
 * Takes the part of the notification service where links are not delivered by it: writes them to a file, or says that
 * nobody delivers them. A link whose process died in the middle is taken up when its lease has ended, and is written once.
 */
@Injectable()
export class LinkDelivery extends BackgroundTask {
  private readonly file: LinkFile | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly links: AccessLinksRepository,
    private readonly tokens: LinkTokens,
    @Inject(CONFIG) private readonly config: UserAdminConfig,
  ) {
    super('access-link-delivery', POLL_MS);
    this.file = config.linkDelivery === 'file' ? new LinkFile(config.linkFolder ?? '') : undefined;
  }

  override onApplicationBootstrap(): void {
    if (this.config.linkDelivery !== 'notification') super.onApplicationBootstrap();
  }

  /** @returns whether there may be more */
  protected async work(): Promise<boolean> {
    const waiting = await this.uow.runAsWorker((manager) => this.links.claimWaiting(manager, LEASE_SECONDS, AT_ONCE));
    for (const link of waiting) await this.deliver(link);
    return waiting.length === AT_ONCE;
  }

  private async deliver(link: WaitingLink): Promise<void> {
    const settlement = await this.hand(link).catch((error: unknown): undefined => {
      // Its lease ends, and it is tried again.
      this.logger.warn({ linkId: link.linkId, err: error, msg: 'An access link could not be handed over' });
    });
    if (!settlement) return;
    await this.uow.run(link, (manager) => this.tokens.settle(manager, link.linkId, settlement, new Date()));
  }

  /** @returns what became of it; undefined: it is settled already, or no longer to be sent */
  private async hand({ linkId, attempt }: WaitingLink): Promise<Settlement | undefined> {
    if (!this.file) return { outcome: 'failed', reason: 'no_delivery' };
    if (attempt > 0 && (await this.file.has(linkId))) return { outcome: 'delivered' };
    if (attempt >= MOST_TRIES) return { outcome: 'failed', reason: 'not_written' };
    const made = await this.tokens.make(linkId, attempt + 1, new Date());
    // The company is no more; else somebody else has settled it, or sends it.
    if (!made.made) return made.reason === 'unknown' ? { outcome: 'failed', reason: 'unknown' } : undefined;
    await this.file.write({ ...made, linkId });
    return { outcome: 'delivered' };
  }
}
