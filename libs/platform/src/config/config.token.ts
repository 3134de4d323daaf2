/** Injects the service's configuration: `@Inject(CONFIG) private readonly config: ImportConfig`. */
export const CONFIG = Symbol('muster.config');
