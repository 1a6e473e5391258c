export interface paths {
    "/connect-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link with which one end user connects */
        post: operations["create_connect_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connect-sessions/{session_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say which of your users came back, and get his connection */
        post: operations["confirm_connect_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List connections */
        get: operations["list_connections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a connection */
        get: operations["read_connection"];
        put?: never;
        post?: never;
        /** Disconnect a user; revokes at Discord when nobody else lives on the authorization */
        delete: operations["disconnect"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which actions would work for a connection now, and if not, what is missing and who can mend it */
        get: operations["explain_actions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a bearer for one connection, for an hour at most */
        post: operations["create_connection_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a connection token at once */
        delete: operations["revoke_connection_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/user-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make a link with which the end user sees and ends his own connection */
        post: operations["create_user_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the connected user's own profile
         * @description Credential at Discord: user. Effect: read.
         *
         *     Scopes: identify.
         */
        get: operations["user_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the accounts that the connected user has linked at Discord
         * @description Credential at Discord: user. Effect: read.
         *
         *     Scopes: connections.
         */
        get: operations["user_connections_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me/guilds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the guilds that the connected user is a member of
         * @description Credential at Discord: user. Effect: read.
         *
         *     Scopes: guilds.
         */
        get: operations["user_guilds_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me/guilds/{guild_id}/member": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the connected user's own member object in one guild
         * @description Credential at Discord: user. Effect: read.
         *
         *     Scopes: guilds.members.read.
         */
        get: operations["user_guild_member_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the channels of a guild that the connected user may see, without threads
         * @description Credential at Discord: bot. Effect: read.
         *
         *     channels that the user may not see are left out.
         */
        get: operations["guild_channels_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/messages/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the messages of a guild, in the channels that the connected user may read
         * @description Credential at Discord: bot. Effect: read.
         *
         *     READ_MESSAGE_HISTORY; messages of channels that the user may not read are left out.
         *
         *     Privileged intents: MESSAGE_CONTENT.
         */
        get: operations["guild_messages_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a guild with its roles
         * @description Credential at Discord: bot. Effect: read.
         */
        get: operations["guild_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the roles of a guild
         * @description Credential at Discord: bot. Effect: read.
         */
        get: operations["guild_roles_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/threads/active": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the active threads of a guild that the connected user may see
         * @description Credential at Discord: bot. Effect: read.
         *
         *     threads that the user may not see are left out.
         */
        get: operations["guild_threads_list_active"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me/guilds/{guild_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Have the bot leave a guild
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     of the user MANAGE_GUILD.
         */
        delete: operations["user_guild_leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one member of a guild
         * @description Credential at Discord: bot. Effect: read.
         */
        get: operations["member_read"];
        /**
         * Add the connected user to a guild
         * @description Credential at Discord: bot. Effect: write.
         *
         *     Scopes: guilds.join.
         *
         *     only the connected user; of the bot CREATE_INSTANT_INVITE; `nick` MANAGE_NICKNAMES, `roles` MANAGE_ROLES and roles below the own, `mute` MUTE_MEMBERS, `deaf` DEAFEN_MEMBERS.
         */
        put: operations["member_add"];
        post?: never;
        /**
         * Remove a member from a guild; he may come back
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need KICK_MEMBERS.
         *
         *     the member stands below, by the highest role; nobody stands above the owner.
         */
        delete: operations["member_kick"];
        options?: never;
        head?: never;
        /**
         * Change nickname, roles, time-out or voice state of a member
         * @description Credential at Discord: bot. Effect: write.
         *
         *     each field its own: `nick` MANAGE_NICKNAMES, `roles` MANAGE_ROLES and only roles below the own, `mute` MUTE_MEMBERS, `deaf` DEAFEN_MEMBERS, `channel_id` MOVE_MEMBERS, `communication_disabled_until` MODERATE_MEMBERS, `flags` MANAGE_ROLES or MANAGE_GUILD or all of KICK_MEMBERS, BAN_MEMBERS and MODERATE_MEMBERS; the member stands below.
         */
        patch: operations["member_edit"];
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/members/{user_id}/roles/{role_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give a member a role
         * @description Credential at Discord: bot. Effect: write.
         *
         *     The connected user and the bot both need MANAGE_ROLES.
         *
         *     the role stands below the own highest role, is not managed by an integration, and gives no permission that one has not oneself.
         */
        put: operations["member_role_add"];
        post?: never;
        /**
         * Take a role from a member
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need MANAGE_ROLES.
         *
         *     the role stands below the own highest role, is not managed by an integration, and gives no permission that one has not oneself.
         */
        delete: operations["member_role_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a guild
         * @description Credential at Discord: bot. Effect: read.
         *
         *     Privileged intents: GUILD_MEMBERS.
         */
        get: operations["members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/members/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find members whose user name or nickname begins with a text
         * @description Credential at Discord: bot. Effect: read.
         */
        get: operations["members_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/bans/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whether and why a user is banned from a guild
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need BAN_MEMBERS.
         */
        get: operations["ban_read"];
        /**
         * Ban a user from a guild, and delete what he wrote of late if wished
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need BAN_MEMBERS.
         *
         *     the member stands below, by the highest role; nobody stands above the owner.
         */
        put: operations["ban_create"];
        post?: never;
        /**
         * Lift a ban
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need BAN_MEMBERS.
         */
        delete: operations["ban_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/bulk-ban": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ban up to 200 users from a guild at once
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need BAN_MEMBERS, MANAGE_GUILD.
         *
         *     every one of the members stands below.
         */
        post: operations["bans_create_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who is banned from a guild
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need BAN_MEMBERS.
         */
        get: operations["bans_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a channel or thread
         * @description Credential at Discord: bot. Effect: read.
         */
        get: operations["channel_read"];
        put?: never;
        post?: never;
        /**
         * Delete a channel or thread for good
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     MANAGE_CHANNELS, of a thread MANAGE_THREADS.
         */
        delete: operations["channel_delete"];
        options?: never;
        head?: never;
        /**
         * Change a channel or thread: name, topic, slow mode, overwrites, archived, locked
         * @description Credential at Discord: bot. Effect: write.
         *
         *     MANAGE_CHANNELS, of a thread MANAGE_THREADS; `permission_overwrites` MANAGE_ROLES and only permissions that one has oneself.
         */
        patch: operations["channel_edit"];
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List messages of a channel, newest first
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         *
         *     Privileged intents: MESSAGE_CONTENT.
         */
        get: operations["messages_list"];
        put?: never;
        /**
         * Send a message
         * @description Credential at Discord: bot. Effect: write.
         *
         *     SEND_MESSAGES, in a thread SEND_MESSAGES_IN_THREADS; what the body holds needs EMBED_LINKS, ATTACH_FILES, SEND_TTS_MESSAGES, SEND_POLLS, SEND_VOICE_MESSAGES; a reply READ_MESSAGE_HISTORY; a mention of everyone or of a role that not everybody may mention MENTION_EVERYONE; a forward reading the message where it stands.
         */
        post: operations["message_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/crosspost": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish a message of an announcement channel to those who follow it
         * @description Credential at Discord: bot. Effect: write.
         *
         *     SEND_MESSAGES; MANAGE_MESSAGES too unless the message was sent for this connection.
         */
        post: operations["message_crosspost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read one message
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         *
         *     Privileged intents: MESSAGE_CONTENT.
         */
        get: operations["message_read"];
        put?: never;
        post?: never;
        /**
         * Delete a message
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     MANAGE_MESSAGES, except for messages that were sent for this connection or that the user wrote himself.
         */
        delete: operations["message_delete"];
        options?: never;
        head?: never;
        /**
         * Change a message that was sent for this connection
         * @description Credential at Discord: bot. Effect: write.
         *
         *     only messages that were sent for this connection; with nothing but `flags`, any message, by MANAGE_MESSAGES.
         */
        patch: operations["message_edit"];
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete 2 to 100 messages of the last 14 days at once
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need MANAGE_MESSAGES.
         */
        post: operations["messages_delete_bulk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Show for ten seconds that the bot is typing
         * @description Credential at Discord: bot. Effect: write.
         *
         *     SEND_MESSAGES, in a thread SEND_MESSAGES_IN_THREADS; what the body holds needs EMBED_LINKS, ATTACH_FILES, SEND_TTS_MESSAGES, SEND_POLLS, SEND_VOICE_MESSAGES; a reply READ_MESSAGE_HISTORY; a mention of everyone or of a role that not everybody may mention MENTION_EVERYONE; a forward reading the message where it stands.
         */
        post: operations["typing_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * React to a message with an emoji
         * @description Credential at Discord: bot. Effect: write.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         *
         *     ADD_REACTIONS, unless the message has that reaction already.
         */
        put: operations["reaction_add"];
        post?: never;
        /**
         * Take back a reaction that was added for this connection
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     only reactions that were added for this connection.
         */
        delete: operations["reaction_remove_own"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take away a user's reaction
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     MANAGE_MESSAGES, except of the user for the user's own reaction.
         */
        delete: operations["reaction_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/reactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take away all reactions to a message
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need MANAGE_MESSAGES.
         */
        delete: operations["reactions_clear"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who reacted with an emoji
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         */
        get: operations["reactions_list"];
        put?: never;
        post?: never;
        /**
         * Take away all reactions with one emoji
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need MANAGE_MESSAGES.
         */
        delete: operations["reactions_clear_emoji"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/pins/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Pin a message
         * @description Credential at Discord: bot. Effect: write.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY, PIN_MESSAGES.
         */
        put: operations["pin_create"];
        post?: never;
        /**
         * Unpin a message
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY, PIN_MESSAGES.
         */
        delete: operations["pin_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/pins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the pinned messages of a channel
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         *
         *     Privileged intents: MESSAGE_CONTENT.
         */
        get: operations["pins_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/threads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a thread, or a post in a forum or media channel
         * @description Credential at Discord: bot. Effect: write.
         *
         *     by `type`: CREATE_PUBLIC_THREADS or CREATE_PRIVATE_THREADS; a post in a forum or media channel SEND_MESSAGES and what its message needs.
         */
        post: operations["thread_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/messages/{message_id}/threads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a thread from a message
         * @description Credential at Discord: bot. Effect: write.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY, CREATE_PUBLIC_THREADS.
         */
        post: operations["thread_create_from_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/threads/archived/private": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the archived private threads of a channel
         * @description Credential at Discord: bot. Effect: read.
         *
         *     READ_MESSAGE_HISTORY and MANAGE_THREADS.
         */
        get: operations["threads_list_archived_private"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/threads/archived/public": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the archived public threads of a channel
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need READ_MESSAGE_HISTORY.
         */
        get: operations["threads_list_archived_public"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/thread-members/@me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Have the bot join a thread
         * @description Credential at Discord: bot. Effect: write.
         *
         *     the channel is a thread.
         */
        put: operations["thread_join"];
        post?: never;
        /**
         * Have the bot leave a thread
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     The connected user and the bot both need MANAGE_THREADS.
         *
         *     the channel is a thread.
         */
        delete: operations["thread_leave"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/thread-members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read whether a user is in a thread
         * @description Credential at Discord: bot. Effect: read.
         *
         *     the channel is a thread.
         */
        get: operations["thread_member_read"];
        /**
         * Bring a member of the guild into a thread
         * @description Credential at Discord: bot. Effect: write.
         *
         *     the channel is a thread.
         *
         *     seeing the thread and writing in it; taking somebody else out, or bringing somebody into a private one that is not `invitable`, MANAGE_THREADS or being the owner of the private thread.
         */
        put: operations["thread_member_add"];
        post?: never;
        /**
         * Take somebody out of a thread
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     the channel is a thread.
         *
         *     seeing the thread and writing in it; taking somebody else out, or bringing somebody into a private one that is not `invitable`, MANAGE_THREADS or being the owner of the private thread.
         */
        delete: operations["thread_member_remove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/thread-members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who is in a thread
         * @description Credential at Discord: bot. Effect: read.
         *
         *     the channel is a thread.
         *
         *     Privileged intents: GUILD_MEMBERS.
         */
        get: operations["thread_members_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/users/@me/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open the bot's direct messages with the connected user
         * @description Credential at Discord: bot. Effect: write.
         *
         *     only with the connected user.
         */
        post: operations["direct_message_open"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/channels/{channel_id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of a channel
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need MANAGE_WEBHOOKS.
         */
        get: operations["channel_webhooks_list"];
        put?: never;
        /**
         * Make a webhook in a channel; the layer keeps its token for this connection
         * @description Credential at Discord: bot. Effect: write.
         *
         *     The connected user and the bot both need MANAGE_WEBHOOKS.
         */
        post: operations["webhook_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/guilds/{guild_id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the webhooks of a guild
         * @description Credential at Discord: bot. Effect: read.
         *
         *     The connected user and the bot both need MANAGE_WEBHOOKS.
         *
         *     MANAGE_WEBHOOKS; webhooks of channels in which the user has it not are left out.
         */
        get: operations["guild_webhooks_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/webhooks/{webhook_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a webhook, without its token
         * @description Credential at Discord: bot. Effect: read.
         *
         *     MANAGE_WEBHOOKS in the channel of the webhook, unless the webhook was made for this connection; moving it, in the other channel too.
         */
        get: operations["webhook_read"];
        put?: never;
        /**
         * Post a message by a webhook
         * @description Credential at Discord: webhook. Effect: write.
         *
         *     webhooks that were made for this connection; others by MANAGE_WEBHOOKS in the channel of the webhook.
         */
        post: operations["webhook_execute"];
        /**
         * Delete a webhook
         * @description Credential at Discord: bot. Effect: destructive.
         *
         *     MANAGE_WEBHOOKS in the channel of the webhook, unless the webhook was made for this connection; moving it, in the other channel too.
         */
        delete: operations["webhook_delete"];
        options?: never;
        head?: never;
        /**
         * Change name, avatar or channel of a webhook
         * @description Credential at Discord: bot. Effect: write.
         *
         *     MANAGE_WEBHOOKS in the channel of the webhook, unless the webhook was made for this connection; moving it, in the other channel too.
         */
        patch: operations["webhook_edit"];
        trace?: never;
    };
    "/connections/{connection_id}/api/v10/webhooks/{webhook_id}/messages/{message_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a message that a webhook has posted
         * @description Credential at Discord: webhook. Effect: read.
         *
         *     webhooks that were made for this connection; others by MANAGE_WEBHOOKS in the channel of the webhook.
         */
        get: operations["webhook_message_read"];
        put?: never;
        post?: never;
        /**
         * Delete a message that a webhook has posted
         * @description Credential at Discord: webhook. Effect: destructive.
         *
         *     webhooks that were made for this connection; others by MANAGE_WEBHOOKS in the channel of the webhook.
         */
        delete: operations["webhook_message_delete"];
        options?: never;
        head?: never;
        /**
         * Change a message that a webhook has posted
         * @description Credential at Discord: webhook. Effect: write.
         *
         *     webhooks that were made for this connection; others by MANAGE_WEBHOOKS in the channel of the webhook.
         */
        patch: operations["webhook_message_edit"];
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Problem: {
            /**
             * Format: uri
             * @description The code's own page
             */
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do next */
            detail: string;
            /** @description The request, as the log has it */
            instance: string;
            /** @enum {string} */
            code: "input_invalid" | "input_not_json" | "input_too_large" | "input_media_type" | "input_path_invalid" | "route_not_found" | "method_not_allowed" | "action_unknown" | "webhook_token_refused" | "idempotency_key_reused" | "idempotency_in_progress" | "idempotency_outcome_unknown" | "caller_missing" | "caller_malformed" | "caller_unknown" | "key_not_allowed" | "token_not_allowed" | "scope_not_enabled" | "return_url_not_allowed" | "connect_link_invalid" | "connect_link_used" | "connect_link_exhausted" | "connect_not_recognized" | "callback_malformed" | "connect_session_not_found" | "connect_session_unfinished" | "connect_session_refused" | "connect_session_used" | "connect_session_burnt" | "confirmation_rejected" | "confirmation_in_progress" | "authorization_code_expired" | "scopes_not_granted" | "account_mismatch" | "disconnect_in_progress" | "actor_permission_missing" | "bot_permission_missing" | "guild_not_connected" | "actor_not_in_guild" | "actor_restricted" | "bot_access_missing" | "target_not_below" | "role_not_assignable" | "not_made_for_connection" | "direct_message_refused" | "only_own_member" | "channel_unsuitable" | "intent_missing" | "connection_not_found" | "connection_token_not_found" | "connection_disconnected" | "user_link_invalid" | "form_not_recognized" | "reconnect_required" | "connection_changed" | "refresh_in_progress" | "scope_missing" | "discord_rejected" | "discord_rate_limited" | "discord_unavailable" | "discord_timeout" | "discord_answer_unreadable" | "discord_answer_too_large" | "discord_input_rejected" | "discord_refused" | "discord_not_found" | "conflict" | "limit_reached" | "webhook_gone" | "discord_too_large" | "recipient_refuses" | "blocked_by_policy" | "discord_misused" | "discord_not_ready" | "operator_unauthenticated" | "operator_credential_rejected" | "operator_only" | "request_forged" | "sign_in_attempts_exceeded" | "precondition_required" | "settings_changed_meanwhile" | "settings_refused" | "tenant_not_found" | "tenant_conflict" | "api_key_not_found" | "api_key_conflict" | "operator_setup_incomplete" | "operator_credentials_rejected" | "bot_credential_missing" | "bot_credential_rejected" | "token_requests_delayed" | "storage_unavailable" | "key_service_unavailable" | "secret_unavailable" | "sealed_data_unreadable" | "internal_error";
            retry_after_seconds?: number;
            /** @description What was wrong in the input, and where */
            errors?: {
                /** @description JSON Pointer (RFC 6901) into the body */
                pointer?: string;
                parameter?: string;
                detail: string;
                /** @description Discord's own name of the fault */
                code?: string;
            }[];
            missing?: string[];
            allowed?: string[];
            max_bytes?: number;
            attempts_left?: number;
            status_reason?: string;
            /**
             * @description Whose it is that is missing; the actor is the connected user
             * @enum {string}
             */
            who?: "actor" | "bot";
            /** @enum {string} */
            where?: "guild" | "channel";
            place_id?: string;
            discord?: {
                code?: number;
                status?: number;
                scope?: string;
                bucket?: string;
            };
        };
        Obstacle: {
            /**
             * Format: uri
             * @description The code's own page
             */
            type: string;
            title: string;
            status: number;
            /** @description What happened and what to do next */
            detail: string;
            /** @enum {string} */
            code: "input_invalid" | "input_not_json" | "input_too_large" | "input_media_type" | "input_path_invalid" | "route_not_found" | "method_not_allowed" | "action_unknown" | "webhook_token_refused" | "idempotency_key_reused" | "idempotency_in_progress" | "idempotency_outcome_unknown" | "caller_missing" | "caller_malformed" | "caller_unknown" | "key_not_allowed" | "token_not_allowed" | "scope_not_enabled" | "return_url_not_allowed" | "connect_link_invalid" | "connect_link_used" | "connect_link_exhausted" | "connect_not_recognized" | "callback_malformed" | "connect_session_not_found" | "connect_session_unfinished" | "connect_session_refused" | "connect_session_used" | "connect_session_burnt" | "confirmation_rejected" | "confirmation_in_progress" | "authorization_code_expired" | "scopes_not_granted" | "account_mismatch" | "disconnect_in_progress" | "actor_permission_missing" | "bot_permission_missing" | "guild_not_connected" | "actor_not_in_guild" | "actor_restricted" | "bot_access_missing" | "target_not_below" | "role_not_assignable" | "not_made_for_connection" | "direct_message_refused" | "only_own_member" | "channel_unsuitable" | "intent_missing" | "connection_not_found" | "connection_token_not_found" | "connection_disconnected" | "user_link_invalid" | "form_not_recognized" | "reconnect_required" | "connection_changed" | "refresh_in_progress" | "scope_missing" | "discord_rejected" | "discord_rate_limited" | "discord_unavailable" | "discord_timeout" | "discord_answer_unreadable" | "discord_answer_too_large" | "discord_input_rejected" | "discord_refused" | "discord_not_found" | "conflict" | "limit_reached" | "webhook_gone" | "discord_too_large" | "recipient_refuses" | "blocked_by_policy" | "discord_misused" | "discord_not_ready" | "operator_unauthenticated" | "operator_credential_rejected" | "operator_only" | "request_forged" | "sign_in_attempts_exceeded" | "precondition_required" | "settings_changed_meanwhile" | "settings_refused" | "tenant_not_found" | "tenant_conflict" | "api_key_not_found" | "api_key_conflict" | "operator_setup_incomplete" | "operator_credentials_rejected" | "bot_credential_missing" | "bot_credential_rejected" | "token_requests_delayed" | "storage_unavailable" | "key_service_unavailable" | "secret_unavailable" | "sealed_data_unreadable" | "internal_error";
            retry_after_seconds?: number;
            /** @description What was wrong in the input, and where */
            errors?: {
                /** @description JSON Pointer (RFC 6901) into the body */
                pointer?: string;
                parameter?: string;
                detail: string;
                /** @description Discord's own name of the fault */
                code?: string;
            }[];
            missing?: string[];
            allowed?: string[];
            max_bytes?: number;
            attempts_left?: number;
            status_reason?: string;
            /**
             * @description Whose it is that is missing; the actor is the connected user
             * @enum {string}
             */
            who?: "actor" | "bot";
            /** @enum {string} */
            where?: "guild" | "channel";
            place_id?: string;
            discord?: {
                code?: number;
                status?: number;
                scope?: string;
                bucket?: string;
            };
            /** @enum {string} */
            mended_by: "app" | "end_user" | "guild_admin" | "operator" | "time";
        };
        Decision: {
            /** @constant */
            dry_run: true;
            action: string;
            would_work: boolean;
            problems: components["schemas"]["Obstacle"][];
        };
        member_add_body: {
            nick?: string | null;
            mute?: boolean | null;
            deaf?: boolean | null;
            roles?: string[] | null;
        };
        member_edit_body: {
            nick?: string | null;
            mute?: boolean | null;
            deaf?: boolean | null;
            roles?: string[] | null;
            channel_id?: string | null;
            communication_disabled_until?: string | null;
            flags?: number | null;
        };
        ban_create_body: {
            delete_message_seconds?: number | null;
        };
        ban_remove_body: Record<string, never>;
        bans_create_bulk_body: {
            user_ids: string[];
            delete_message_seconds?: number | null;
        };
        channel_edit_body: {
            name?: string;
            type?: (0 | 2 | 4 | 5 | 13 | 15) | null;
            position?: number | null;
            topic?: string | null;
            nsfw?: boolean | null;
            rate_limit_per_user?: number | null;
            bitrate?: number | null;
            user_limit?: number | null;
            permission_overwrites?: {
                /** Format: snowflake */
                id: string;
                /** @enum {integer} */
                type: 0 | 1;
                allow?: string | null;
                deny?: string | null;
            }[] | null;
            parent_id?: string | null;
            rtc_region?: string | null;
            video_quality_mode?: (1 | 2) | null;
            default_auto_archive_duration?: (60 | 1440 | 4320 | 10080) | null;
            flags?: number | null;
            available_tags?: ({
                name: string;
                id?: string | null;
                moderated?: boolean | null;
                emoji_id?: string | null;
                emoji_name?: string | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            default_reaction_emoji?: ({
                emoji_id?: string | null;
                emoji_name?: string | null;
            } & {
                [key: string]: unknown;
            }) | null;
            default_thread_rate_limit_per_user?: number | null;
            default_sort_order?: (0 | 1) | null;
            default_forum_layout?: (0 | 1 | 2) | null;
            default_tag_setting?: ("match_all" | "match_some") | null;
            archived?: boolean | null;
            locked?: boolean | null;
            invitable?: boolean | null;
            auto_archive_duration?: (60 | 1440 | 4320 | 10080) | null;
            applied_tags?: string[] | null;
        };
        message_create_body: {
            content?: string | null;
            embeds?: ({
                title?: string | null;
                description?: string | null;
                url?: string | null;
                timestamp?: string | null;
                color?: number | null;
                footer?: ({
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                image?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                thumbnail?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                author?: ({
                    name?: string | null;
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                fields?: ({
                    name: string;
                    value: string;
                    inline?: boolean | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            allowed_mentions?: {
                parse?: ("roles" | "users" | "everyone")[];
                users?: string[];
                roles?: string[];
                replied_user?: boolean;
            };
            components?: ({
                /** @enum {integer} */
                type: 1 | 9 | 10 | 12 | 13 | 14 | 17;
            } & {
                [key: string]: unknown;
            })[] | null;
            attachments?: ({
                id: number | string;
                filename?: string | null;
                description?: string | null;
                title?: string | null;
                is_spoiler?: boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            flags?: number | null;
            sticker_ids?: string[] | null;
            tts?: boolean | null;
            poll?: ({
                question: {
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                };
                answers: ({
                    poll_media: {
                        text?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
                duration?: number | null;
                allow_multiselect?: boolean | null;
                layout_type?: 1 | null;
            } & {
                [key: string]: unknown;
            }) | null;
            message_reference?: ({
                type?: (0 | 1) | null;
                /** Format: snowflake */
                message_id: string;
                channel_id?: string | null;
                guild_id?: string | null;
                fail_if_not_exists?: boolean | null;
            } & {
                [key: string]: unknown;
            }) | null;
            nonce?: (number | string) | null;
            enforce_nonce?: boolean | null;
        };
        message_edit_body: {
            content?: string | null;
            embeds?: ({
                title?: string | null;
                description?: string | null;
                url?: string | null;
                timestamp?: string | null;
                color?: number | null;
                footer?: ({
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                image?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                thumbnail?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                author?: ({
                    name?: string | null;
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                fields?: ({
                    name: string;
                    value: string;
                    inline?: boolean | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            allowed_mentions?: {
                parse?: ("roles" | "users" | "everyone")[];
                users?: string[];
                roles?: string[];
                replied_user?: boolean;
            };
            components?: ({
                /** @enum {integer} */
                type: 1 | 9 | 10 | 12 | 13 | 14 | 17;
            } & {
                [key: string]: unknown;
            })[] | null;
            attachments?: ({
                id: number | string;
                filename?: string | null;
                description?: string | null;
                title?: string | null;
                is_spoiler?: boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            flags?: number | null;
        };
        messages_delete_bulk_body: {
            messages: string[];
        };
        thread_create_body: {
            name: string;
            auto_archive_duration?: (60 | 1440 | 4320 | 10080) | null;
            rate_limit_per_user?: number | null;
            /** @enum {integer} */
            type?: 10 | 11 | 12;
            invitable?: boolean | null;
            applied_tags?: string[] | null;
            message?: {
                content?: string | null;
                embeds?: ({
                    title?: string | null;
                    description?: string | null;
                    url?: string | null;
                    timestamp?: string | null;
                    color?: number | null;
                    footer?: ({
                        text?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    image?: ({
                        url?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    thumbnail?: ({
                        url?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    author?: ({
                        name?: string | null;
                        url?: string | null;
                    } & {
                        [key: string]: unknown;
                    }) | null;
                    fields?: ({
                        name: string;
                        value: string;
                        inline?: boolean | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
                allowed_mentions?: {
                    parse?: ("roles" | "users" | "everyone")[];
                    users?: string[];
                    roles?: string[];
                    replied_user?: boolean;
                };
                components?: ({
                    /** @enum {integer} */
                    type: 1 | 9 | 10 | 12 | 13 | 14 | 17;
                } & {
                    [key: string]: unknown;
                })[] | null;
                attachments?: ({
                    id: number | string;
                    filename?: string | null;
                    description?: string | null;
                    title?: string | null;
                    is_spoiler?: boolean | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
                flags?: number | null;
                sticker_ids?: string[] | null;
            };
        };
        thread_create_from_message_body: {
            name: string;
            auto_archive_duration?: (60 | 1440 | 4320 | 10080) | null;
            rate_limit_per_user?: number | null;
        };
        direct_message_open_body: {
            /** Format: snowflake */
            recipient_id: string;
        };
        webhook_create_body: {
            name: string;
            avatar?: string | null;
        };
        webhook_edit_body: {
            name?: string;
            avatar?: string | null;
            channel_id?: string | null;
        };
        webhook_execute_body: {
            content?: string | null;
            embeds?: ({
                title?: string | null;
                description?: string | null;
                url?: string | null;
                timestamp?: string | null;
                color?: number | null;
                footer?: ({
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                image?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                thumbnail?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                author?: ({
                    name?: string | null;
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                fields?: ({
                    name: string;
                    value: string;
                    inline?: boolean | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            allowed_mentions?: {
                parse?: ("roles" | "users" | "everyone")[];
                users?: string[];
                roles?: string[];
                replied_user?: boolean;
            };
            components?: ({
                /** @enum {integer} */
                type: 1 | 9 | 10 | 12 | 13 | 14 | 17;
            } & {
                [key: string]: unknown;
            })[] | null;
            attachments?: ({
                id: number | string;
                filename?: string | null;
                description?: string | null;
                title?: string | null;
                is_spoiler?: boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            flags?: number | null;
            username?: string | null;
            avatar_url?: string | null;
            tts?: boolean | null;
            thread_name?: string | null;
            applied_tags?: string[] | null;
            poll?: ({
                question: {
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                };
                answers: ({
                    poll_media: {
                        text?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
                duration?: number | null;
                allow_multiselect?: boolean | null;
                layout_type?: 1 | null;
            } & {
                [key: string]: unknown;
            }) | null;
        };
        webhook_message_edit_body: {
            content?: string | null;
            embeds?: ({
                title?: string | null;
                description?: string | null;
                url?: string | null;
                timestamp?: string | null;
                color?: number | null;
                footer?: ({
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                image?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                thumbnail?: ({
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                author?: ({
                    name?: string | null;
                    url?: string | null;
                } & {
                    [key: string]: unknown;
                }) | null;
                fields?: ({
                    name: string;
                    value: string;
                    inline?: boolean | null;
                } & {
                    [key: string]: unknown;
                })[] | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            allowed_mentions?: {
                parse?: ("roles" | "users" | "everyone")[];
                users?: string[];
                roles?: string[];
                replied_user?: boolean;
            };
            components?: ({
                /** @enum {integer} */
                type: 1 | 9 | 10 | 12 | 13 | 14 | 17;
            } & {
                [key: string]: unknown;
            })[] | null;
            attachments?: ({
                id: number | string;
                filename?: string | null;
                description?: string | null;
                title?: string | null;
                is_spoiler?: boolean | null;
            } & {
                [key: string]: unknown;
            })[] | null;
            flags?: number | null;
            poll?: ({
                question: {
                    text?: string | null;
                } & {
                    [key: string]: unknown;
                };
                answers: ({
                    poll_media: {
                        text?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                } & {
                    [key: string]: unknown;
                })[];
                duration?: number | null;
                allow_multiselect?: boolean | null;
                layout_type?: 1 | null;
            } & {
                [key: string]: unknown;
            }) | null;
        };
    };
    responses: {
        /** @description A problem: `code` says which. */
        Problem: {
            headers: {
                /** @description Seconds, where waiting helps */
                "Retry-After"?: number;
                "X-Request-Id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description Stands in the operator's log */
        RequestId: string;
        /** @description Why the answer shows less than it seems to: message_content_intent_missing */
        IntegrationNotice: string;
        /** @description true: this is the answer to an earlier call with the same Idempotency-Key */
        IdempotentReplayed: string;
        /** @description The next page, as <address>; rel="next", where it can be computed */
        Link: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    create_connect_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    user_id: string;
                    /**
                     * Format: uri
                     * @description May be left out only in a tenant without confirmation: the user then ends on a page that shows his connection.
                     */
                    return_url?: string;
                    scopes?: string[];
                    permissions?: string;
                    guild_id?: string;
                    connection_id?: string;
                };
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** Format: uri */
                        authorize_url: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    confirm_connect_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a connect session */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    confirmation_code: string;
                    user_id: string;
                };
            };
        };
        responses: {
            /** @description The connection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description The app's own id of its user */
                        user_id: string;
                        /** @enum {string} */
                        status: "active" | "reconnect_required" | "disconnected";
                        status_reason?: string;
                        discord_user: {
                            id?: string;
                            username?: string;
                            global_name?: string | null;
                        };
                        scopes: string[];
                        guilds: {
                            id?: string;
                            name?: string;
                        }[];
                        webhooks: {
                            id?: string;
                            channel_id?: string;
                            guild_id?: string;
                        }[];
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    list_connections: {
        parameters: {
            query?: {
                /** @description Only those of this user of yours */
                user_id?: string;
                /** @description How many at most */
                limit?: number;
                /** @description next_cursor of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            id: string;
                            /** @description The app's own id of its user */
                            user_id: string;
                            /** @enum {string} */
                            status: "active" | "reconnect_required" | "disconnected";
                            status_reason?: string;
                            discord_user: {
                                id?: string;
                                username?: string;
                                global_name?: string | null;
                            };
                            scopes: string[];
                            guilds: {
                                id?: string;
                                name?: string;
                            }[];
                            webhooks: {
                                id?: string;
                                channel_id?: string;
                                guild_id?: string;
                            }[];
                            /** Format: date-time */
                            created_at: string;
                            /** Format: date-time */
                            updated_at: string;
                        }[];
                        next_cursor?: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    read_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description The app's own id of its user */
                        user_id: string;
                        /** @enum {string} */
                        status: "active" | "reconnect_required" | "disconnected";
                        status_reason?: string;
                        discord_user: {
                            id?: string;
                            username?: string;
                            global_name?: string | null;
                        };
                        scopes: string[];
                        guilds: {
                            id?: string;
                            name?: string;
                        }[];
                        webhooks: {
                            id?: string;
                            channel_id?: string;
                            guild_id?: string;
                        }[];
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    disconnect: {
        parameters: {
            query?: {
                /** @description Whether the webhooks of the connection are deleted, too */
                delete_webhooks?: boolean;
            };
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection as it is now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        /** @description The app's own id of its user */
                        user_id: string;
                        /** @enum {string} */
                        status: "active" | "reconnect_required" | "disconnected";
                        status_reason?: string;
                        discord_user: {
                            id?: string;
                            username?: string;
                            global_name?: string | null;
                        };
                        scopes: string[];
                        guilds: {
                            id?: string;
                            name?: string;
                        }[];
                        webhooks: {
                            id?: string;
                            channel_id?: string;
                            guild_id?: string;
                        }[];
                        /** Format: date-time */
                        created_at: string;
                        /** Format: date-time */
                        updated_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    explain_actions: {
        parameters: {
            query?: {
                /** @description Look at the actions of this guild, too */
                guild_id?: string;
                /** @description Look at the actions of this channel, too */
                channel_id?: string;
            };
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One decision for each action */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        items: {
                            action: string;
                            would_work: boolean;
                            problems: components["schemas"]["Obstacle"][];
                            /** @description What else decides when the call is made */
                            depends_on: string[];
                        }[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    create_connection_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    actions?: string[];
                    guild_ids?: string[];
                    channel_ids?: string[];
                    expires_in?: number;
                };
            };
        };
        responses: {
            /** @description The token, shown this once */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        token: string;
                        /** Format: date-time */
                        expires_at: string;
                        actions: string[];
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    revoke_connection_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
                /** @description Id of a connection token */
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is refused from now on */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    create_user_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a connection */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /** Format: uri */
                    return_url?: string;
                };
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        url: string;
                        /** Format: date-time */
                        expires_at: string;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    user_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "175928847299117063",
                     *       "username": "ada.lovelace",
                     *       "global_name": "Ada",
                     *       "email": "ada@example.com",
                     *       "verified": true
                     *     }
                     */
                    "application/json": {
                        id: string;
                        username: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    user_connections_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "583231",
                     *         "name": "ada-l",
                     *         "type": "github",
                     *         "verified": true,
                     *         "visibility": 1
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        name: string;
                        type: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    user_guilds_list: {
        parameters: {
            query?: {
                before?: string;
                after?: string;
                /** @example 1 */
                limit?: number;
                with_counts?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "197038439483310086",
                     *         "name": "Analytical Engine",
                     *         "owner": true,
                     *         "permissions": "9007199254740991"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        name: string;
                        owner: boolean;
                        permissions: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    user_guild_member_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "nick": null,
                     *       "roles": [
                     *         "197038439483310102"
                     *       ],
                     *       "joined_at": "2022-03-14T15:09:26.535000+00:00"
                     *     }
                     */
                    "application/json": {
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_channels_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "197038439483310201",
                     *         "type": 0,
                     *         "name": "general"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_messages_search: {
        parameters: {
            query?: {
                sort_by?: "timestamp" | "relevance";
                sort_order?: "asc" | "desc";
                /** @example cards */
                content?: string;
                slop?: number;
                author_id?: string[];
                author_type?: ("user" | "-user" | "bot" | "-bot" | "webhook" | "-webhook")[];
                mentions?: string[];
                mentions_role_id?: string[];
                replied_to_user_id?: string[];
                replied_to_message_id?: string[];
                mention_everyone?: "0" | "1" | "true" | "false";
                min_id?: string;
                max_id?: string;
                /** @example 5 */
                limit?: number;
                offset?: number;
                has?: ("link" | "-link" | "embed" | "-embed" | "file" | "-file" | "image" | "-image" | "video" | "-video" | "sound" | "-sound" | "sticker" | "-sticker" | "poll" | "-poll" | "snapshot" | "-snapshot")[];
                link_hostname?: string[];
                embed_provider?: string[];
                embed_type?: ("image" | "video" | "gif" | "sound" | "article")[];
                attachment_extension?: string[];
                attachment_filename?: string[];
                pinned?: "0" | "1" | "true" | "false";
                include_nsfw?: "0" | "1" | "true" | "false";
                channel_id?: string[];
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "total_results": 0,
                     *       "messages": []
                     *     }
                     */
                    "application/json": {
                        total_results: number;
                        messages: ({
                            id: string;
                            channel_id: string;
                            content: string;
                            author: {
                                id: string;
                            } & {
                                [key: string]: unknown;
                            };
                            timestamp: string;
                        } & {
                            [key: string]: unknown;
                        })[][];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_read: {
        parameters: {
            query?: {
                with_counts?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "197038439483310086",
                     *       "name": "Analytical Engine",
                     *       "owner_id": "175928847299117063",
                     *       "roles": []
                     *     }
                     */
                    "application/json": {
                        id: string;
                        name: string;
                        owner_id: string;
                        roles: ({
                            id: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_roles_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "197038439483310101",
                     *         "name": "Moderator",
                     *         "permissions": "1125929073246208",
                     *         "position": 1
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        name: string;
                        permissions: string;
                        position: number;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_threads_list_active: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "threads": [],
                     *       "members": []
                     *     }
                     */
                    "application/json": {
                        threads: ({
                            id: string;
                            type: number;
                            name?: string | null;
                        } & {
                            [key: string]: unknown;
                        })[];
                        members: {
                            [key: string]: unknown;
                        }[];
                        has_more?: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    user_guild_leave: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "nick": null,
                     *       "roles": []
                     *     }
                     */
                    "application/json": {
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "nick": "Linus"
                 *     }
                 */
                "application/json": components["schemas"]["member_add_body"];
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Discord's answer as it came */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "nick": "Linus",
                     *       "roles": []
                     *     }
                     */
                    "application/json": {
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_kick: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "communication_disabled_until": "2026-12-01T12:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["member_edit_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "nick": null,
                     *       "roles": [],
                     *       "communication_disabled_until": "2026-12-01T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_role_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
                /** @example 197038439483310101 */
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    member_role_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
                /** @example 197038439483310101 */
                role_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    members_list: {
        parameters: {
            query?: {
                /** @example 1 */
                limit?: number;
                after?: "0" | string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "user": {
                     *           "id": "80351110224678912"
                     *         },
                     *         "nick": null,
                     *         "roles": []
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    members_search: {
        parameters: {
            query: {
                limit?: number;
                /** @example lin */
                query: string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "user": {
                     *           "id": "80351110224678912"
                     *         },
                     *         "nick": null,
                     *         "roles": []
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        user?: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        roles: string[];
                        nick?: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ban_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "reason": "spam"
                     *     }
                     */
                    "application/json": {
                        user: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        reason: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ban_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "delete_message_seconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["ban_create_body"];
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    ban_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ban_remove_body"];
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    bans_create_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "user_ids": [
                 *         "80351110224678912"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["bans_create_bulk_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "banned_users": [
                     *         "80351110224678912"
                     *       ],
                     *       "failed_users": []
                     *     }
                     */
                    "application/json": {
                        banned_users: string[];
                        failed_users: string[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    bans_list: {
        parameters: {
            query?: {
                /** @example 10 */
                limit?: number;
                before?: string;
                after?: string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "user": {
                     *           "id": "80351110224678912"
                     *         },
                     *         "reason": "spam"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        user: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        reason: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    channel_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "197038439483310201",
                     *       "type": 0,
                     *       "name": "general"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    channel_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "197038439483310201",
                     *       "type": 0,
                     *       "name": "general"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    channel_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "topic": "Punched cards"
                 *     }
                 */
                "application/json": components["schemas"]["channel_edit_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "197038439483310201",
                     *       "type": 0,
                     *       "name": "general",
                     *       "topic": "Punched cards"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    messages_list: {
        parameters: {
            query?: {
                around?: string;
                before?: string;
                after?: string;
                /** @example 10 */
                limit?: number;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1200000000000000001",
                     *         "channel_id": "197038439483310201",
                     *         "content": "Good morning",
                     *         "author": {
                     *           "id": "80351110224678912"
                     *         },
                     *         "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    message_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Good morning"
                 *     }
                 */
                "application/json": components["schemas"]["message_create_body"];
                "multipart/form-data": {
                    payload_json?: components["schemas"]["message_create_body"];
                    "files[0]"?: string;
                    "files[1]"?: string;
                    "files[2]"?: string;
                    "files[3]"?: string;
                    "files[4]"?: string;
                    "files[5]"?: string;
                    "files[6]"?: string;
                    "files[7]"?: string;
                    "files[8]"?: string;
                    "files[9]"?: string;
                };
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Good morning",
                     *       "author": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    message_crosspost: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Good morning",
                     *       "author": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    message_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Good morning",
                     *       "author": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    message_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    message_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Good evening"
                 *     }
                 */
                "application/json": components["schemas"]["message_edit_body"];
                "multipart/form-data": {
                    payload_json?: components["schemas"]["message_edit_body"];
                    "files[0]"?: string;
                    "files[1]"?: string;
                    "files[2]"?: string;
                    "files[3]"?: string;
                    "files[4]"?: string;
                    "files[5]"?: string;
                    "files[6]"?: string;
                    "files[7]"?: string;
                    "files[8]"?: string;
                    "files[9]"?: string;
                };
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Good evening",
                     *       "author": {
                     *         "id": "80351110224678912"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    messages_delete_bulk: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "messages": [
                 *         "1200000000000000001",
                 *         "1200000000000000002"
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["messages_delete_bulk_body"];
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    typing_start: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reaction_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
                /** @example 👍 */
                emoji_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reaction_remove_own: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
                /** @example 👍 */
                emoji_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reaction_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
                /** @example 👍 */
                emoji_name: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reactions_clear: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reactions_list: {
        parameters: {
            query?: {
                type?: "0" | "1";
                after?: string;
                limit?: number;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
                /** @example 👍 */
                emoji_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "80351110224678912",
                     *         "username": "linus"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        username: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    reactions_clear_emoji: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
                /** @example 👍 */
                emoji_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    pin_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    pin_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    pins_list: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [],
                     *       "has_more": false
                     *     }
                     */
                    "application/json": {
                        items: ({
                            pinned_at: string;
                            message: {
                                id: string;
                                channel_id: string;
                                content: string;
                                author: {
                                    id: string;
                                } & {
                                    [key: string]: unknown;
                                };
                                timestamp: string;
                            } & {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        })[];
                        has_more: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Cards",
                 *       "type": 11
                 *     }
                 */
                "application/json": components["schemas"]["thread_create_body"];
                "multipart/form-data": {
                    payload_json?: components["schemas"]["thread_create_body"];
                    "files[0]"?: string;
                    "files[1]"?: string;
                    "files[2]"?: string;
                    "files[3]"?: string;
                    "files[4]"?: string;
                    "files[5]"?: string;
                    "files[6]"?: string;
                    "files[7]"?: string;
                    "files[8]"?: string;
                    "files[9]"?: string;
                };
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Discord's answer as it came */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "type": 11,
                     *       "name": "Cards"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_create_from_message: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Cards"
                 *     }
                 */
                "application/json": components["schemas"]["thread_create_from_message_body"];
            };
        };
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Discord's answer as it came */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "type": 11,
                     *       "name": "Cards"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    threads_list_archived_private: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "threads": [],
                     *       "members": [],
                     *       "has_more": false
                     *     }
                     */
                    "application/json": {
                        threads: ({
                            id: string;
                            type: number;
                            name?: string | null;
                        } & {
                            [key: string]: unknown;
                        })[];
                        members: {
                            [key: string]: unknown;
                        }[];
                        has_more?: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    threads_list_archived_public: {
        parameters: {
            query?: {
                before?: string;
                limit?: number;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "threads": [
                     *         {
                     *           "id": "1200000000000000001",
                     *           "type": 11,
                     *           "name": "Cards"
                     *         }
                     *       ],
                     *       "members": [],
                     *       "has_more": false
                     *     }
                     */
                    "application/json": {
                        threads: ({
                            id: string;
                            type: number;
                            name?: string | null;
                        } & {
                            [key: string]: unknown;
                        })[];
                        members: {
                            [key: string]: unknown;
                        }[];
                        has_more?: boolean;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_join: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_leave: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_member_read: {
        parameters: {
            query?: {
                with_member?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "user_id": "80351110224678912"
                     *     }
                     */
                    "application/json": {
                        id?: string;
                        user_id?: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_member_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_member_remove: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
                /** @example 80351110224678912 */
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    thread_members_list: {
        parameters: {
            query?: {
                with_member?: "0" | "1" | "true" | "false";
                limit?: number;
                after?: string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000001 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1200000000000000001",
                     *         "user_id": "80351110224678912"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id?: string;
                        user_id?: string;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    direct_message_open: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "recipient_id": "80351110224678912"
                 *     }
                 */
                "application/json": components["schemas"]["direct_message_open_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "type": 1
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        name?: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    channel_webhooks_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1200000000000000100",
                     *         "type": 1,
                     *         "channel_id": "197038439483310201",
                     *         "guild_id": "197038439483310086",
                     *         "name": "Cards"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        type: number;
                        channel_id: string | null;
                        guild_id?: string | null;
                        name: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_create: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310201 */
                channel_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Cards"
                 *     }
                 */
                "application/json": components["schemas"]["webhook_create_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000100",
                     *       "type": 1,
                     *       "channel_id": "197038439483310201",
                     *       "guild_id": "197038439483310086",
                     *       "name": "Cards"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        channel_id: string | null;
                        guild_id?: string | null;
                        name: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    guild_webhooks_list: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 197038439483310086 */
                guild_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "1200000000000000100",
                     *         "type": 1,
                     *         "channel_id": "197038439483310201",
                     *         "guild_id": "197038439483310086",
                     *         "name": "Cards"
                     *       }
                     *     ]
                     */
                    "application/json": ({
                        id: string;
                        type: number;
                        channel_id: string | null;
                        guild_id?: string | null;
                        name: string | null;
                    } & {
                        [key: string]: unknown;
                    })[] | null;
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000100",
                     *       "type": 1,
                     *       "channel_id": "197038439483310201",
                     *       "guild_id": "197038439483310086",
                     *       "name": "Cards"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        channel_id: string | null;
                        guild_id?: string | null;
                        name: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_execute: {
        parameters: {
            query?: {
                thread_id?: string;
                with_components?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Makes a repetition safe: the same key with the same call gives the first answer */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Done"
                 *     }
                 */
                "application/json": components["schemas"]["webhook_execute_body"];
                "multipart/form-data": {
                    payload_json?: components["schemas"]["webhook_execute_body"];
                    "files[0]"?: string;
                    "files[1]"?: string;
                    "files[2]"?: string;
                    "files[3]"?: string;
                    "files[4]"?: string;
                    "files[5]"?: string;
                    "files[6]"?: string;
                    "files[7]"?: string;
                    "files[8]"?: string;
                    "files[9]"?: string;
                };
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Done",
                     *       "author": {
                     *         "id": "1200000000000000100"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_delete: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_edit: {
        parameters: {
            query?: never;
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
                /** @description Noted in the guild's audit log; 1 to 512 characters, encoded as in a URL */
                "X-Audit-Log-Reason"?: string;
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Punched"
                 *     }
                 */
                "application/json": components["schemas"]["webhook_edit_body"];
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000100",
                     *       "type": 1,
                     *       "channel_id": "197038439483310201",
                     *       "guild_id": "197038439483310086",
                     *       "name": "Punched"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        type: number;
                        channel_id: string | null;
                        guild_id?: string | null;
                        name: string | null;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_message_read: {
        parameters: {
            query?: {
                thread_id?: string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Done",
                     *       "author": {
                     *         "id": "1200000000000000100"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_message_delete: {
        parameters: {
            query?: {
                thread_id?: string;
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description With Dry-Run: what was decided */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description Done; Discord answers nothing */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
    webhook_message_edit: {
        parameters: {
            query?: {
                thread_id?: string;
                with_components?: "0" | "1" | "true" | "false";
            };
            header?: {
                /** @description With true the call is only decided on, and the answer is 200 with a Decision in place of what is described here */
                "Dry-Run"?: "true" | "false";
            };
            path: {
                /** @description The connection to act for */
                connection_id: string;
                /** @example 1200000000000000100 */
                webhook_id: string;
                /** @example 1200000000000000001 */
                message_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "content": "Undone"
                 *     }
                 */
                "application/json": components["schemas"]["webhook_message_edit_body"];
                "multipart/form-data": {
                    payload_json?: components["schemas"]["webhook_message_edit_body"];
                    "files[0]"?: string;
                    "files[1]"?: string;
                    "files[2]"?: string;
                    "files[3]"?: string;
                    "files[4]"?: string;
                    "files[5]"?: string;
                    "files[6]"?: string;
                    "files[7]"?: string;
                    "files[8]"?: string;
                    "files[9]"?: string;
                };
            };
        };
        responses: {
            /** @description Discord's answer as it came */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    "Integration-Notice": components["headers"]["IntegrationNotice"];
                    "Idempotent-Replayed": components["headers"]["IdempotentReplayed"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1200000000000000001",
                     *       "channel_id": "197038439483310201",
                     *       "content": "Undone",
                     *       "author": {
                     *         "id": "1200000000000000100"
                     *       },
                     *       "timestamp": "2026-01-31T12:00:00.000000+00:00"
                     *     }
                     */
                    "application/json": {
                        id: string;
                        channel_id: string;
                        content: string;
                        author: {
                            id: string;
                        } & {
                            [key: string]: unknown;
                        };
                        timestamp: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            "4XX": components["responses"]["Problem"];
            "5XX": components["responses"]["Problem"];
        };
    };
}
