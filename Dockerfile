# syntax=docker/dockerfile:1

# An LTS line of Node. A tag can be moved; to build from exactly one image, pin its digest:
#   docker buildx imagetools inspect node:24-slim        # shows the digest
#   docker build --build-arg NODE_IMAGE=node:24-slim@sha256:… .
ARG NODE_IMAGE=node:24-slim

# What the service needs to run, and nothing that builds or tests it.
FROM ${NODE_IMAGE} AS packages
WORKDIR /casebook
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM ${NODE_IMAGE} AS compiled
WORKDIR /casebook
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY tsconfig.json nest-cli.json ./
COPY migrations migrations
COPY libs libs
COPY apps apps
RUN npm run build

FROM ${NODE_IMAGE}
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 CASEBOOK_HOME=/data
WORKDIR /casebook
COPY --from=packages /casebook/node_modules node_modules
COPY --from=compiled /casebook/dist dist
COPY package.json LICENSE* ./
COPY apps/cli/casebook.mjs apps/cli/casebook.mjs
COPY corpus corpus
# Without DATABASE_URL the embedded PostgreSQL keeps its data here; it runs as this same user.
RUN mkdir /data && chown node:node /data
USER node
# Nothing is written but to /data and /tmp, so the root file system may be read-only.
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches it and it can stop in order.
ENTRYPOINT ["node", "apps/cli/casebook.mjs"]
CMD ["serve"]
