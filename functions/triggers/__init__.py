"""When something runs in the cloud: a few lines for each trigger, gathered here for the cloud's door."""

from functions.triggers import health, notifications, pages, queues, timers

blueprints = (notifications.blueprint, queues.blueprint, timers.blueprint, health.blueprint, pages.blueprint)
