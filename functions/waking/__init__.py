"""What wakes the program in the cloud, and what keeps it awake: notifications, ticks, subscriptions, health."""
