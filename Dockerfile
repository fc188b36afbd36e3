# The service as an image: docker build -t tichet-albastru . (untried where it was written, for want of an engine; its steps were tried by hand).
# 24 or 26: what was run on which is in docs/packages.md. Of 20 the image would also need python3, make and g++.
ARG NODE=24-bookworm-slim

FROM node:${NODE} AS built
WORKDIR /opt/tichet
COPY package.json package-lock.json ./
# named by the lock; only Node.js 20 has a use for it
COPY tools/sqlite-node20-1.0.0.tgz tools/
COPY packages packages
RUN npm ci --no-audit --no-fund
COPY .swcrc nest-cli.json openapi.json asyncapi.yaml LICENSE ./
COPY src src
COPY tools tools
RUN npm run build
# what only builds and tests goes; what a host brings otherwise (Nest, Fastify) stays, in the versions of the lock
RUN npm pkg delete devDependencies overrides && npm prune --no-audit --no-fund

FROM node:${NODE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 TICHET_DATA_DIR=/var/lib/tichet TICHET_MASTER_KEY_FILE=/etc/tichet/keys/master.key
RUN groupadd --gid 10001 tichet \
 && useradd --uid 10001 --gid tichet --no-create-home --shell /usr/sbin/nologin tichet \
 && install -d -m 0700 -o tichet -g tichet /var/lib/tichet /etc/tichet/keys
WORKDIR /opt/tichet
COPY --from=built /opt/tichet/package.json /opt/tichet/openapi.json /opt/tichet/asyncapi.yaml /opt/tichet/LICENSE ./
COPY --from=built /opt/tichet/node_modules node_modules
# node_modules leads to them
COPY --from=built /opt/tichet/packages packages
COPY --from=built /opt/tichet/dist dist
USER 10001:10001
# the root file system may be read-only: what is written lies in the data folder, in the folder of the master key when it is rotated, and in /tmp
VOLUME ["/var/lib/tichet"]
EXPOSE 3000
STOPSIGNAL SIGTERM
# whether it lives: one that may only read while an alarm stands is not to be started again and again
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# docker run … tichet-albastru doctor, and every other command in the place of serve
ENTRYPOINT ["node", "--max-semi-space-size=64", "dist/cli.js"]
CMD ["serve"]
