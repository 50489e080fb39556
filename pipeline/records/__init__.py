"""The archivist's acts: filing, retention, holds, lists with their approvals, destruction."""
